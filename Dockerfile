# Two stages; the second holds the runtime, the published app, the MongoDB C driver, libgd and nothing else. Runs as a plain user.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/Platform/Platform.csproj src/Platform/
RUN dotnet restore src/Platform -r linux-x64 -p:PublishReadyToRun=true
COPY appsettings.json ./
COPY wwwroot wwwroot
COPY src src
RUN dotnet publish src/Platform -c Release -r linux-x64 --self-contained false --no-restore -p:PublishReadyToRun=true -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble
RUN apt-get update \
 && apt-get install -y --no-install-recommends libmongoc-1.0-0t64 libgd3 tzdata curl \
 && rm -rf /var/lib/apt/lists/* \
 && mkdir /data && chown app:app /data
WORKDIR /app
COPY --from=build /app .
ENV ASPNETCORE_URLS=http://+:8080 \
    Urls=http://+:8080 \
    Platform__DataDirectory=/data
VOLUME /data
EXPOSE 8080
USER app
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s CMD curl -fsS http://127.0.0.1:8080/health/live || exit 1
# SIGTERM drains: in-flight posts finish (10 s at most) and jobs go back to the queue.
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "Platform.dll"]
