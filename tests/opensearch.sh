#!/usr/bin/env bash
# How is a real OpenSearch started for the tests, and stopped?
#
#     tests/opensearch.sh jars                     fetch the jars once, compile the launcher
#     tests/opensearch.sh start DIR [NAME: VALUE]…  start a node in DIR; its address is printed
#     tests/opensearch.sh secured DIR [NAME: VALUE]…  the same with the security plugin, TLS and admin:admin
#     tests/opensearch.sh stop DIR                 stop it, in order
#
# The jars come from Maven Central and are kept outside the repository, in $GLOSE_OPENSEARCH_JARS
# or ~/.cache/glose/opensearch-VERSION. Without a JDK 21 or Maven it ends with 77, and says what
# to install. A node has a heap of 512 MB ($GLOSE_OPENSEARCH_HEAP) and listens to 127.0.0.1 alone.
# Its code is compiled quickly and not well (Java's tier 1, as for Lucene's own tests): a measure
# asks for $GLOSE_OPENSEARCH_TIER=4.
set -euo pipefail
here=$(cd "$(dirname "$0")/opensearch" && pwd)

# which node: the folder of its pom.xml, and what its jars are kept under
of() {
    pom=$1/pom.xml plugins=$3
    version=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' "$pom")
    jars=${GLOSE_OPENSEARCH_JARS:-${XDG_CACHE_HOME:-$HOME/.cache}/glose/$2-$version}
}
of "$here" opensearch ""

missing() {
    echo "OpenSearch ne peut pas être lancé ici : $1" >&2
    exit 77
}

# a JDK of 21 or more: JAVA_HOME, the one on the path, then those of /usr/lib/jvm
jdk() {
    local home major
    for home in "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /none/bin/javac)")")")" \
        /usr/lib/jvm/*; do
        [ -x "$home/bin/javac" ] || continue
        major=$("$home/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
        if [ "${major:-0}" -ge 21 ]; then
            echo "$home"
            return
        fi
    done
    missing "il faut un JDK 21 ou plus récent (Debian : apt-get install openjdk-21-jdk-headless, ou Temurin dans /usr/lib/jvm)."
}

fetch() {
    local java
    java=$(jdk)
    if [ ! -e "$jars/done" ] || [ "$here/TestNode.java" -nt "$jars/done" ] || [ "$pom" -nt "$jars/done" ]; then
        command -v mvn >/dev/null || missing "il faut Maven (Debian : apt-get install maven)."
        mkdir -p "$jars"
        # two runs at once would write the same files
        exec 9>"$jars/lock"
        flock 9
        # a repository that does not answer must not hold up the other tests
        timeout --kill-after=10 600 mvn --batch-mode --quiet --file "$pom" \
            org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
            -DincludeScope=runtime -DoutputDirectory="$jars/lib" >&2 ||
            missing "les archives n’ont pas pu être prises à Maven Central."
        # a plugin is a zip of jars, and of the settings it starts with
        for zip in "$jars"/lib/*.zip; do
            [ -e "$zip" ] || continue
            mkdir -p "$jars/plugin"
            (cd "$jars/plugin" && "$java/bin/jar" xf "$zip")
        done
        "$java/bin/javac" -cp "$jars/lib/*" -d "$jars/classes" "$here/TestNode.java"
        touch "$jars/done"
        exec 9>&-
    fi
}

start() {
    local home=$1 java heap
    shift
    fetch
    java=$(jdk)
    heap=${GLOSE_OPENSEARCH_HEAP:-512m}
    mkdir -p "$home/config" "$home/logs"
    home=$(cd "$home" && pwd)
    cp "$here/log4j2.properties" "$home/config/"
    rm -f "$home"/logs/*.ports
    {
        # the last one wins in no YAML parser: what is given comes instead
        printf '%s\n' "$@"
        while IFS= read -r line; do
            printf '%s\n' "$@" | grep -q "^${line%%:*}:" || echo "$line"
        done <<SETTINGS
cluster.name: glose-tests
discovery.type: single-node
network.host: 127.0.0.1
http.port: 0
transport.port: 0
node.portsfile: true
path.repo: ["$home/snapshots"]
action.auto_create_index: false
cluster.routing.allocation.disk.threshold_enabled: false
SETTINGS
    } | grep -v ': *$' >"$home/config/opensearch.yml"
    # -Dio.netty… and --add-modules: as the distribution's own jvm.options
    "$java/bin/java" "-Xms$heap" "-Xmx$heap" -XX:+UseSerialGC -XX:MaxMetaspaceSize=384m \
        -XX:TieredStopAtLevel="${GLOSE_OPENSEARCH_TIER:-1}" -XX:+ExitOnOutOfMemoryError \
        --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
        -Dfile.encoding=UTF-8 -Djava.awt.headless=true -Dio.netty.noUnsafe=true \
        -Dio.netty.allocator.numDirectArenas=0 -Dlog4j2.disable.jmx=true \
        -Dlog4j.shutdownHookEnabled=false "-Dglose.plugins=$plugins" \
        -cp "$jars/lib/*:$jars/plugin/*:$jars/classes" TestNode "$home" >"$home/logs/node.log" 2>&1 </dev/null &
    echo $! >"$home/pid"
    for _ in $(seq 600); do
        if [ -s "$home/logs/http.ports" ]; then
            echo "http://$(head -1 "$home/logs/http.ports")"
            return
        fi
        kill -0 "$(cat "$home/pid")" 2>/dev/null || break
        sleep 0.2
    done
    # one that is only late would outlive whoever gave it up
    stop "$home"
    tail -20 "$home/logs/node.log" >&2
    echo "OpenSearch ne démarre pas : voir $home/logs/node.log" >&2
    return 1
}

# an authority of its own, which signed a certificate for localhost; its users are the plugin's
secured() {
    local home=$1 config=$1/config
    shift
    of "$here/secured" opensearch-secured org.opensearch.security.OpenSearchSecurityPlugin
    fetch
    command -v openssl >/dev/null || missing "il faut openssl (Debian : apt-get install openssl)."
    if [ ! -e "$config/node.pem" ]; then
        mkdir -p "$config"
        cp -r "$jars/plugin/config" "$config/opensearch-security"
        (
            cd "$config"
            openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority \
                -addext keyUsage=critical,keyCertSign,cRLSign -keyout ca.key -out ca.pem
            openssl req -newkey rsa:2048 -nodes -subj /CN=node -keyout node.key -out node.csr
            openssl x509 -req -in node.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 \
                -extfile <(echo subjectAltName=DNS:localhost) -out node.pem
        ) 2>/dev/null
    fi
    local settings=("plugins.security.ssl.http.enabled: true"
        "plugins.security.ssl.transport.enforce_hostname_verification: false"
        "plugins.security.allow_default_init_securityindex: true"
        "plugins.security.nodes_dn: [CN=node]"
        "plugins.security.restapi.roles_enabled: [all_access]")
    local layer
    for layer in http transport; do
        settings+=("plugins.security.ssl.$layer.pemcert_filepath: node.pem"
            "plugins.security.ssl.$layer.pemkey_filepath: node.key"
            "plugins.security.ssl.$layer.pemtrustedcas_filepath: ca.pem")
    done
    start "$home" "${settings[@]}" "$@" | sed 's#.*:#https://localhost:#'
}

stop() {
    local number
    number=$(cat "$1/pid")
    kill "$number" 2>/dev/null || return 0
    for _ in $(seq "${GLOSE_OPENSEARCH_PATIENCE:-600}"); do
        kill -0 "$number" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -9 "$number" 2>/dev/null || return 0
}

case "${1:-}" in
jars) fetch ;;
start | secured | stop) "$@" ;;
*)
    sed -n '2,15s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
