# The three programs of Kindred: one build, one image for each.
#
#   docker build --file Dockerfiles/swift.Dockerfile --target gateway --tag kindred-gateway .
#
# Both base images must be of the same Debian release: librabbitmq, hiredis, argon2, curl and OpenBLAS are linked dynamically.
ARG BUILD_IMAGE=swift:6.3-bookworm
ARG RUN_IMAGE=debian:bookworm-slim

FROM ${BUILD_IMAGE} AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libargon2-dev libcurl4-openssl-dev libhiredis-dev libopenblas-dev \
        librabbitmq-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /kindred
COPY Package.swift Package.resolved* ./
# The manifest names tests and benchmarks, which are not built here: in their place stand empty files, so that a change of a test
# builds no image.
# hadolint ignore=SC2013
RUN set -eu; \
    for name in $(grep -oE '"(TestSupport|[A-Za-z]*Tests)"' Package.swift); do \
        name=${name#?}; name=${name%?}; \
        mkdir -p "Tests/$name"; \
        touch "Tests/$name/empty.swift"; \
    done; \
    mkdir -p Benchmarks/EmptyServer; \
    touch Benchmarks/EmptyServer/empty.swift
COPY Sources Sources
# What was compiled and fetched is kept beside the layers: a changed source costs its own module, not all. The secrets are for
# machines that get their packages from a mirror; without them it is github.com.
# The programs keep the names of functions, which the trace of a crash needs, and lose the rest of the debug information.
RUN --mount=type=cache,id=kindred-build,target=/kindred/.build \
    --mount=type=secret,id=gitconfig,target=/root/.gitconfig \
    --mount=type=secret,id=mirrors,target=/root/.swiftpm/configuration/mirrors.json \
    set -eu; \
    for program in kindred-gateway kindred-worker kindred; do \
        swift build --configuration release --static-swift-stdlib --product "$program"; \
        install -D --mode 755 ".build/release/$program" "/programs/$program"; \
        strip --strip-debug "/programs/$program"; \
    done; \
    install -D --mode 755 "$(dirname "$(readlink -f "$(command -v swift)")")/../libexec/swift/linux/swift-backtrace-static" \
        /programs/swift-backtrace; \
    strip --strip-all /programs/swift-backtrace

FROM ${RUN_IMAGE} AS run
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libhiredis0.14 librabbitmq4 libstdc++6 \
    && rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log /var/cache/ldconfig/aux-cache
COPY --from=build /programs/swift-backtrace /usr/local/libexec/
# A crash says in the log where it happened, with nobody there to answer questions and no colours, within the time that a pod has to
# end. Of the thread that crashed only, and without registers: what these point at may be anybody's.
ENV SWIFT_BACKTRACE=enable=yes,swift-backtrace=/usr/local/libexec/swift-backtrace,output-to=stderr,interactive=no,color=no,\
threads=crashed,registers=none,timeout=10s
# By number, so that Kubernetes can see that it is not root. It needs no name.
USER 10001:10001
# Gateway and worker finish what they have begun.
STOPSIGNAL SIGTERM
LABEL org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="Kindred"

FROM run AS gateway
# Passwords are hashed here only.
USER 0:0
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libargon2-1 \
    && rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log /var/cache/ldconfig/aux-cache
USER 10001:10001
COPY --from=build /programs/kindred-gateway /usr/local/bin/
# Reachable from outside of the container, for which the gateway demands an API key.
ENV GATEWAY_HOST=0.0.0.0 GATEWAY_PORT=8080
EXPOSE 8080
ENTRYPOINT ["kindred-gateway"]
# Last, since they change with every release.
ARG VERSION=development
ARG REVISION=unknown
LABEL org.opencontainers.image.title="kindred-gateway" \
      org.opencontainers.image.description="The REST server of Kindred" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

FROM run AS worker
COPY --from=build /programs/kindred-worker /usr/local/bin/
ENV WORKER_HEALTH_HOST=0.0.0.0 WORKER_HEALTH_PORT=9090
EXPOSE 9090
ENTRYPOINT ["kindred-worker"]
ARG VERSION=development
ARG REVISION=unknown
LABEL org.opencontainers.image.title="kindred-worker" \
      org.opencontainers.image.description="The process of Kindred that carries out jobs" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

FROM run AS cli
# What models are trained with, and what data is brought from a bucket with; gateway and worker do without.
USER 0:0
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates libcurl4 libopenblas0-pthread \
    && rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log /var/cache/ldconfig/aux-cache
USER 10001:10001
COPY --from=build /programs/kindred /usr/local/bin/
ENTRYPOINT ["kindred"]
ARG VERSION=development
ARG REVISION=unknown
LABEL org.opencontainers.image.title="kindred-cli" \
      org.opencontainers.image.description="The command line tool of Kindred" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
