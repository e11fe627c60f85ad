# syntax=docker/dockerfile:1.7
# The front end: nginx with the built pages inside, in front of the API processes.
#
#   docker build -f deploy/docker/web.Dockerfile -t petshop-web .
ARG BUILDER=node:26.10.0-slim
ARG BASE=nginxinc/nginx-unprivileged:1.28.0-alpine

FROM --platform=$BUILDPLATFORM ${BUILDER} AS pages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts
COPY . .
RUN npm run build:web

FROM ${BASE}
COPY --from=pages /app/web/dist /srv/petshop/web/dist
COPY deploy/nginx/snippets /etc/nginx/snippets
# Read before the sites that use its log format: nginx takes the files by name.
COPY deploy/nginx/tuning.conf /etc/nginx/conf.d/00-tuning.conf
# Names the API processes by their service's name, and listens without TLS on 8081; container-tls.conf is
# mounted beside it where there is a certificate (deploy/compose/tls.yml).
COPY deploy/nginx/container.conf /etc/nginx/conf.d/default.conf
EXPOSE 8081
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8081/nginx-health"]
