"""What no query may ask of the endpoint, told before it runs; the process it runs in could do none of it anyway."""

import re

from ontology.errors import InvalidInputError, LimitExceededError

# Texts, IRIs and comments first, so that words inside them are no keywords; each alternative is linear.
_TOKEN = re.compile(
    r"""\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
    r"""|<[^<>"{}|^`\\\s]*>|\#[^\n]*|[?$]\w+|[\w-]*:[\w.%:-]*|@\w+|\w+|.""",
    re.DOTALL,
)
_REFUSED = {
    "service": "SERVICE (hỏi máy chủ khác)",
    "load": "LOAD",
    "insert": "INSERT",
    "delete": "DELETE",
    "clear": "CLEAR",
    "drop": "DROP",
    "create": "CREATE",
    "add": "ADD",
    "move": "MOVE",
    "copy": "COPY",
}
LONGEST = 100_000


def check_query(query: str) -> None:
    """Refuse a query that would write or leave this machine.

    Args:
        query: The text as it was sent.

    Raises:
        InvalidInputError: It is empty, or has such a word.
        LimitExceededError: It is too long.
    """
    if not query.strip():
        raise InvalidInputError("Chưa có câu truy vấn SPARQL", parameter="query")
    if len(query) > LONGEST:
        raise LimitExceededError(f"Câu truy vấn dài quá {LONGEST} ký tự", parameter="query", limit=LONGEST)
    for token in _TOKEN.finditer(query):
        refused = _REFUSED.get(token.group().lower())
        if refused:
            line = query.count("\n", 0, token.start()) + 1
            raise InvalidInputError(
                f"Dòng {line}: chỉ được hỏi, không dùng {refused}", parameter="query", line=line, word=token.group()
            )
