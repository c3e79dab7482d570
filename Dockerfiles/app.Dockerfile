# The web app.
#
#   docker build --file Dockerfiles/app.Dockerfile --tag kindred-app .
#
# Debian's own Python, on the base of the other images: one base to pin, and a node has its layers already.
ARG RUN_IMAGE=debian:bookworm-slim

FROM ${RUN_IMAGE} AS packages
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
COPY app/requirements.txt /requirements.txt
# The secret is for machines that get their packages from a mirror. Only what the file names by version and hash is installed, and
# nothing is compiled.
RUN --mount=type=cache,id=kindred-pip,target=/root/.cache/pip \
    --mount=type=secret,id=pip,target=/etc/pip.conf \
    set -eu; \
    python3 -m venv /app/python; \
    /app/python/bin/python -m pip install --disable-pip-version-check --no-input --no-compile --progress-bar off \
        --require-hashes --only-binary :all: --requirement /requirements.txt; \
    /app/python/bin/python -m pip uninstall --disable-pip-version-check --quiet --yes pip setuptools
# Tests, headers and a client of Arrow for services elsewhere, a fifth of it, are of no use to those who only run it.
WORKDIR /app/python/lib/python3.11/site-packages
RUN rm -rf pandas/tests pyarrow/tests pyarrow/include pyarrow/src numpy/*/tests narwhals/*/tests \
        pyarrow/*flight* \
    && find . -name '*.pxd' -delete \
    && /app/python/bin/python -B -c 'import pandas, pyarrow, streamlit'
WORKDIR /app
COPY app/.streamlit /app/.streamlit
COPY app/kindred_app /app/kindred_app
COPY app/main.py app/serve.py /app/
# Compiled now, since it may write nothing later; without the time in it, so that the same sources give the same bytes.
RUN python3 -m compileall -q --invalidation-mode unchecked-hash /app

FROM ${RUN_IMAGE}
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3 \
    && rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log /var/cache/ldconfig/aux-cache
COPY --from=packages /app /app
WORKDIR /app
# It has no home, and needs none.
ENV HOME=/app \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_PORT=8501
EXPOSE 8501
USER 10001:10001
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/python/bin/python", "serve.py"]
ARG VERSION=development
ARG REVISION=unknown
LABEL org.opencontainers.image.title="kindred-app" \
      org.opencontainers.image.description="The web app of Kindred" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="Kindred" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
