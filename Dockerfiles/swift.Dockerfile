# The three programs of Kindred: one build, one image for each.
#
#   docker build --file Dockerfiles/swift.Dockerfile --target gateway --tag kindred-gateway .
#
# Both images must be of the same Debian release: librabbitmq, hiredis and argon2 are linked dynamically.
ARG BUILD_IMAGE=swift:6.3-bookworm
ARG RUN_IMAGE=debian:bookworm-slim

FROM ${BUILD_IMAGE} AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libargon2-dev libhiredis-dev libopenblas-dev librabbitmq-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /kindred
# The packages change seldom, so they are fetched in a layer of their own.
COPY Package.swift Package.resolved* ./
RUN swift package resolve
COPY Sources Sources
# Not built, but the manifest names them.
COPY Tests Tests
# Without debug information, but with the names of functions, which the trace of a crash needs.
RUN set -eu; \
    for program in kindred-gateway kindred-worker kindred; do \
        swift build --configuration release --static-swift-stdlib --product "$program"; \
        install -D --mode 755 ".build/release/$program" "/programs/$program"; \
        strip --strip-debug "/programs/$program"; \
    done

FROM ${RUN_IMAGE} AS run
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libargon2-1 libhiredis0.14 librabbitmq4 libstdc++6 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin kindred
# By number, so that Kubernetes can see that it is not root.
USER 10001
# Gateway and worker finish what they have begun.
STOPSIGNAL SIGTERM
LABEL org.opencontainers.image.licenses="Apache-2.0"

FROM run AS gateway
LABEL org.opencontainers.image.title="kindred-gateway" \
      org.opencontainers.image.description="The REST server of Kindred"
COPY --from=build /programs/kindred-gateway /usr/local/bin/
# Reachable from outside of the container, for which the gateway demands an API key.
ENV GATEWAY_HOST=0.0.0.0 GATEWAY_PORT=8080
EXPOSE 8080
ENTRYPOINT ["kindred-gateway"]

FROM run AS worker
LABEL org.opencontainers.image.title="kindred-worker" \
      org.opencontainers.image.description="The process of Kindred that carries out jobs"
COPY --from=build /programs/kindred-worker /usr/local/bin/
ENV WORKER_HEALTH_HOST=0.0.0.0 WORKER_HEALTH_PORT=9090
EXPOSE 9090
ENTRYPOINT ["kindred-worker"]

FROM run AS cli
LABEL org.opencontainers.image.title="kindred" \
      org.opencontainers.image.description="The command line tool of Kindred"
# Models are trained with it; gateway and worker do without.
USER 0
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libopenblas0-pthread \
    && rm -rf /var/lib/apt/lists/*
USER 10001
COPY --from=build /programs/kindred /usr/local/bin/
ENTRYPOINT ["kindred"]
