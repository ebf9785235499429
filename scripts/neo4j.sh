#!/usr/bin/env bash
# The Neo4j server of the tests.
#   scripts/neo4j.sh install            make ready what "serve" needs (nothing where NEO4J_URI is set)
#   scripts/neo4j.sh ready              whether "serve" would start without fetching anything
#   scripts/neo4j.sh serve HOME PORT    run a server on 127.0.0.1:PORT until standard input ends; prints "ready"
#   scripts/neo4j.sh lock               write the checksums of what Maven fetches anew, after a change of version
# A Docker engine is used where one answers, else the server comes from Maven Central into a cache folder and runs on Java.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)/neo4j"
version=$(sed -n 's:.*<version>\(5\..*\)</version>.*:\1:p' "$here/pom.xml" | head -1)
image="neo4j:5.26-community"
cache="${LUOCDO_NEO4J_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/luocdo/neo4j-$version}"
plugin="org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"

say() { echo "neo4j: $*" >&2; }
docker_answers() { [ -z "${LUOCDO_NEO4J_JAVA:-}" ] && command -v docker >/dev/null && timeout 10 docker info >/dev/null 2>&1; }

javac_home() { local javac; javac=$(readlink -f "$(command -v javac)" 2>/dev/null) && dirname "$(dirname "$javac")" || true; }

# Neo4j 5.26 runs on Java 17 and 21; the launcher is a source file, so the compiler must be there.
java_home() {
  local jdk
  for jdk in "${JAVA_HOME:-}" /usr/lib/jvm/java-17-openjdk-* /usr/lib/jvm/java-21-openjdk-* "$(javac_home)"; do
    if [ -n "$jdk" ] && [ -x "$jdk/bin/java" ] && [ -x "$jdk/bin/javac" ] && "$jdk/bin/java" -version 2>&1 | grep -qE '"(17|21)[."]'; then
      echo "$jdk"
      return 0
    fi
  done
  return 1
}

install_java() {
  if java_home >/dev/null && { [ -f "$cache/.ready" ] || command -v mvn >/dev/null; }; then return 0; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing Java and Maven …"
    apt-get update -qq >&2
    local jdk=openjdk-17-jdk-headless
    apt-cache show "$jdk" >/dev/null 2>&1 || jdk=openjdk-21-jdk-headless
    if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$jdk" maven >/tmp/luocdo-neo4j.log 2>&1; then
      java_home >/dev/null && command -v mvn >/dev/null && return 0
    fi
    tail -5 /tmp/luocdo-neo4j.log >&2
  fi
  say "no Java 17 or 21 with Maven: sudo apt-get install --no-install-recommends openjdk-17-jdk-headless maven"
  say "(or start a Docker engine, or set NEO4J_URI=bolt://… with NEO4J_USER and NEO4J_PASSWORD to an empty server)."
  return 1
}

fetch() {
  local into="$1"
  JAVA_HOME="$(java_home)" mvn -q -B -f "$here/pom.xml" -Dmaven.repo.local="$into/m2" "$plugin" -DoutputDirectory="$into/jars" >&2
  rm -rf "$into/m2"
}

install_jars() {
  mkdir -p "$cache"
  exec 9>"$cache/.lock"
  flock 9
  if [ ! -f "$cache/.ready" ]; then
    say "fetching Neo4j $version from Maven Central into $cache (118 MB, once) …"
    rm -rf "$cache/jars"
    fetch "$cache"
    (cd "$cache/jars" && sha256sum --check --strict --quiet "$here/jars.sha256") || { say "what came is not what jars.sha256 locks"; return 1; }
    touch "$cache/.ready"
  fi
  exec 9>&-
}

install() {
  if [ -n "${NEO4J_URI:-}" ]; then return 0; fi
  if docker_answers; then docker image inspect "$image" >/dev/null 2>&1 || docker pull -q "$image" >&2; return 0; fi
  install_java && install_jars
}

serve() {
  local home="$1" port="$2"
  install
  if docker_answers; then
    local name="luocdo-neo4j-$port"
    docker run -d --rm --name "$name" --user "$(id -u):$(id -g)" -v "$home:/data" -p "127.0.0.1:$port:7687" -e NEO4J_AUTH=neo4j/neo4j-first \
      -e NEO4J_server_memory_heap_max__size=700m -e NEO4J_server_bolt_advertised__address="127.0.0.1:$port" "$image" >/dev/null
    trap 'docker stop -t 20 "$name" >/dev/null 2>&1' EXIT
    echo ready
    cat >/dev/null
    return 0
  fi
  exec "$(java_home)/bin/java" -Xmx700m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --add-opens=java.base/java.nio=ALL-UNNAMED \
    -cp "$cache/jars/*" "$here/Server.java" "$home" "$port"
}

lock() {
  install_java
  local into
  into=$(mktemp -d)
  fetch "$into"
  (cd "$into/jars" && sha256sum -- *.jar) >"$here/jars.sha256"
  rm -rf "$into"
}

case "${1:-}" in
  install) install ;;
  ready) docker_answers && docker image inspect "$image" >/dev/null 2>&1 || { [ -f "$cache/.ready" ] && java_home >/dev/null; } ;;
  serve) serve "$2" "$3" ;;
  lock) lock ;;
  *) sed -n '2,7p' "$0" >&2; exit 2 ;;
esac
