#!/usr/bin/env bash
# Joins the members into one set and makes the app's user. Safe to run again: what is there already stays as it is, the password is set to that of .env.
set -euo pipefail
initiate() {
  mongosh --quiet --norc "mongodb://mongo-1/admin?directConnection=true" --eval '
  db.auth("root", process.env.ROOT_PASSWORD);
  try { rs.status(); } catch (e) {
    if (e.codeName !== "NotYetInitialized") throw e;
    rs.initiate({ _id: "platform", members: [
      { _id: 0, host: "mongo-1:27017", priority: 2 }, { _id: 1, host: "mongo-2:27017" }, { _id: 2, host: "mongo-3:27017" } ] });
  }
  const end = Date.now() + 120000;
  while (!rs.status().members.some(m => m.stateStr === "PRIMARY")) { if (Date.now() > end) throw new Error("no member became primary"); sleep(500); }
  const set = new Mongo("mongodb://root:" + encodeURIComponent(process.env.ROOT_PASSWORD) + "@mongo-1,mongo-2,mongo-3/admin?replicaSet=platform");
  const platform = set.getDB("platform");
  const user = { pwd: process.env.APP_PASSWORD, roles: [{ role: "readWrite", db: "platform" }] };
  if (platform.getUser("platform")) platform.updateUser("platform", user); else platform.createUser({ user: "platform", ...user });
  print("the replica set stands, and the app has its user");
'
}
# A member that was just made starts twice; that passes.
for _ in $(seq 20); do initiate && exit 0; sleep 3; done
exit 1
