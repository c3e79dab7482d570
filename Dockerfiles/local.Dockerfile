# For machines that reach Debian and no registry: what stands in for the images that others publish. scripts/images.sh builds
# and runs these; nothing else should.
#
# They are laid out as the published ones are, so that the pods' settings and mounts mean the same: the configuration of RabbitMQ
# in /etc/rabbitmq, its data in /var/lib/rabbitmq, user 999.
ARG BASE_IMAGE=debian:bookworm-slim

# For swift:6.3-bookworm, without the toolchain, which scripts/images.sh mounts where SWIFT_FOLDER says.
FROM ${BASE_IMAGE} AS swift
RUN apt-get update \
    && apt-get install --yes --no-install-recommends binutils ca-certificates g++ git libc6-dev libcurl4-openssl-dev libedit2 \
        libncurses6 libpython3.11 libsqlite3-0 libstdc++-12-dev libxml2-dev libz3-4 make pkg-config tzdata zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
ARG SWIFT_FOLDER=/opt/swift/usr
ENV PATH=${SWIFT_FOLDER}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# For redis:7.
FROM ${BASE_IMAGE} AS redis
RUN apt-get update \
    && apt-get install --yes --no-install-recommends redis-server \
    && rm -rf /var/lib/apt/lists/* /etc/redis/* \
    && mkdir -p /data \
    && chown 999:999 /data
WORKDIR /data
USER 999:999
EXPOSE 6379
ENTRYPOINT ["redis-server"]

# For rabbitmq:3-management. The script in /usr/sbin would change users; the one below it does not, and becomes the broker.
FROM ${BASE_IMAGE} AS rabbitmq
RUN apt-get update \
    && apt-get install --yes --no-install-recommends rabbitmq-server \
    && rm -rf /var/lib/apt/lists/* /var/lib/rabbitmq /var/log/rabbitmq /etc/rabbitmq \
    && mkdir -p /etc/rabbitmq/conf.d /var/lib/rabbitmq /var/log/rabbitmq \
    && chown -R 999:999 /etc/rabbitmq /var/lib/rabbitmq /var/log/rabbitmq
# rabbitmqctl and the others look for what they need beside themselves, so links to them do not work.
ENV PATH=/usr/lib/rabbitmq/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    HOME=/var/lib/rabbitmq \
    LANG=C.UTF-8 \
    RABBITMQ_LOGS=- \
    RABBITMQ_PID_FILE=/tmp/rabbitmq.pid \
    RUNNING_UNDER_SYSTEMD=true
USER 999:999
EXPOSE 5672 15672 15692
ENTRYPOINT ["/usr/lib/rabbitmq/bin/rabbitmq-server"]

# For the services and the load balancer of a cluster.
FROM ${BASE_IMAGE} AS balancer
RUN apt-get update \
    && apt-get install --yes --no-install-recommends haproxy \
    && rm -rf /var/lib/apt/lists/*
USER 10001:10001
ENTRYPOINT ["haproxy", "-db", "-f", "/etc/balancer/haproxy.cfg"]
