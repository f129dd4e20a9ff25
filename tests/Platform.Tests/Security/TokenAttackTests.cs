using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using Platform.Features.Accounts.Actions;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Security;

/// <summary>S6: forged, altered and misplaced tokens of both kinds, most of them signed with the real key, so that only the claim in question is wrong.</summary>
[Collection(SecurityCollection.Name)]
public sealed class TokenAttackTests(SecurityWorld world, ITestOutputHelper output)
{
    [Theory]
    [InlineData(CallerKind.Person)]
    [InlineData(CallerKind.Staff)]
    public async Task S6_forged_tokens_are_refused(CallerKind kind)
    {
        var checks = new Checks("S6", output);
        var good = kind == CallerKind.Staff ? (await world.App.StaffAsync()).AccessToken : (await world.App.SignUpAsync()).AccessToken;
        var forge = new Forge(good, world.App.Get<AccessTokens>(), kind, world.Clock.GetUtcNow());
        (await StatusAsync(kind, good)).ShouldBe(HttpStatusCode.OK, "the control: the token that the others are made from is good");
        (await StatusAsync(kind, forge.Sign(forge.Header(), forge.Claims()))).ShouldBe(HttpStatusCode.OK, "the control: the forge signs as the app does");
        foreach (var (what, token) in Cases(forge)) { checks.That(await StatusAsync(kind, token) == HttpStatusCode.Unauthorized, () => $"{kind}: {what} is accepted"); }
        checks.Report($"{nameof(S6_forged_tokens_are_refused)}({kind})");
    }

    [Theory]
    [InlineData(CallerKind.Person)]
    [InlineData(CallerKind.Staff)]
    public async Task S6_a_signed_token_grants_no_more_than_its_session(CallerKind kind)
    {
        var checks = new Checks("S6", output);
        var good = kind == CallerKind.Staff ? (await world.App.StaffAsync(StaffRole.Finance)).AccessToken : (await world.App.SignUpAsync()).AccessToken;
        var forge = new Forge(good, world.App.Get<AccessTokens>(), kind, world.Clock.GetUtcNow());
        foreach (var (name, value) in (IEnumerable<(string, JsonNode)>)[("role", "Owner"), ("role", "SuperAdmin"), ("staffRole", "SuperAdmin"), ("kind", "Staff"), ("kind", "Person"), ("scopes", "StaffManage"), ("impersonator", "x"), ("key", "x"), ("channels", ""), ("isAdmin", true)])
        {
            var claims = forge.Claims();
            claims[name] = value.DeepClone();
            var plain = await MeAsync(kind, good);
            var more = await MeAsync(kind, forge.Sign(forge.Header(), claims));
            checks.That(more == plain || more.StartsWith("401", StringComparison.Ordinal), () => $"{kind}: the claim {name}={value} changes who one is: {more}");
        }
        var foreign = forge.Claims();
        foreign["org"] = world.Victim.OrganizationId;
        var answer = await world.Bearer(forge.Sign(forge.Header(), foreign)).GetAsync("/api/v1/content");
        checks.That(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, () => $"{kind}: a token for another's organization reads posts: {answer.StatusCode}");
        checks.Report($"{nameof(S6_a_signed_token_grants_no_more_than_its_session)}({kind})");
    }

    [Theory]
    [InlineData(CallerKind.Person)]
    [InlineData(CallerKind.Staff)]
    public async Task S6_tokens_count_only_in_their_header(CallerKind kind)
    {
        var checks = new Checks("S6", output);
        var good = kind == CallerKind.Staff ? (await world.App.StaffAsync()).AccessToken : (await world.App.SignUpAsync()).AccessToken;
        var client = world.App.CreateClient();
        foreach (var query in (string[])["access_token", "token", "jwt", "bearer", "auth"])
        {
            checks.That((await client.GetAsync($"{MePath(kind)}?{query}={good}")).StatusCode == HttpStatusCode.Unauthorized, () => $"{kind}: a token in ?{query}= is accepted");
        }
        foreach (var header in (string[])["X-Access-Token", "X-Auth-Token", "Cookie", "Proxy-Authorization"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, MePath(kind));
            request.Headers.TryAddWithoutValidation(header, header == "Cookie" ? $"platform={good}; access_token={good}" : good);
            checks.That((await client.SendAsync(request)).StatusCode == HttpStatusCode.Unauthorized, () => $"{kind}: a token in {header} is accepted");
        }
        foreach (var scheme in (string[])["Basic", "Token", "JWT", "Negotiate"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, MePath(kind));
            request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {good}");
            checks.That((await client.SendAsync(request)).StatusCode == HttpStatusCode.Unauthorized, () => $"{kind}: a token of scheme {scheme} is accepted");
        }
        checks.Report($"{nameof(S6_tokens_count_only_in_their_header)}({kind})");
    }

    [Fact]
    public async Task S6_of_fifty_refreshes_one_wins_and_reuse_ends_the_family()
    {
        var checks = new Checks("S6", output);
        for (var round = 0; round < 3; round++)
        {
            var person = await world.App.SignUpAsync();
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => world.App.CreateClient().PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = person.RefreshToken })));
            checks.That(answers.Count(a => a.IsSuccessStatusCode) == 1, () => $"{answers.Count(a => a.IsSuccessStatusCode)} of 50 refreshes won");
            var next = (await answers.Single(a => a.IsSuccessStatusCode).ReadAsync()).GetProperty("refreshToken").GetString();
            world.Clock.Advance(TimeSpan.FromSeconds(2));
            await world.App.CreateClient().PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = person.RefreshToken });
            checks.That(!(await world.App.CreateClient().PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = next })).IsSuccessStatusCode, () => "after an old refresh token came back the family lives on");
            checks.That((await person.Client.GetAsync("/api/v1/auth/me")).StatusCode == HttpStatusCode.Unauthorized, () => "after an old refresh token came back the access token is good");
        }
        checks.Report(nameof(S6_of_fifty_refreshes_one_wins_and_reuse_ends_the_family));
    }

    private static string MePath(CallerKind kind) => kind == CallerKind.Staff ? "/api/v1/admin/auth/me" : "/api/v1/auth/me";

    private async Task<HttpStatusCode> StatusAsync(CallerKind kind, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, MePath(kind));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return (await world.App.CreateClient().SendAsync(request)).StatusCode;
    }

    private async Task<string> MeAsync(CallerKind kind, string token)
    {
        var answer = await world.Bearer(token).GetAsync(MePath(kind));
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : $"{(int)answer.StatusCode}";
    }

    private static IEnumerable<(string What, string Token)> Cases(Forge f)
    {
        foreach (var none in (string[])["none", "None", "NONE", "nOnE", ""])
        {
            yield return ($"alg '{none}' without a signature", f.Plain(f.Header(alg: none), f.Claims()));
            yield return ($"alg '{none}' with a signature", f.Sign(f.Header(alg: none), f.Claims()));
        }
        foreach (var (alg, hash) in (IEnumerable<(string, Func<byte[], byte[], byte[]>)>)[("HS384", HMACSHA384.HashData), ("HS512", HMACSHA512.HashData)]) { yield return ($"{alg} with the right key", f.SignWith(f.Header(alg: alg), f.Claims(), data => hash(f.Key, data))); }
        foreach (var alg in (string[])["RS256", "PS256", "ES256", "EdDSA", "hs256", "HS256 "]) { yield return ($"header says {alg}", f.Sign(f.Header(alg: alg), f.Claims())); }
        using var rsa = RSA.Create(2048);
        var jwk = new JsonObject { ["kty"] = "RSA", ["n"] = Base64Url.EncodeToString(rsa.ExportParameters(false).Modulus), ["e"] = "AQAB" };
        yield return ("RS256 with the key in the header", f.SignWith(f.Header(alg: "RS256", more: ("jwk", jwk)), f.Claims(), data => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
        yield return ("RS256 with a jku", f.SignWith(f.Header(alg: "RS256", more: ("jku", "https://evil.example/keys")), f.Claims(), data => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
        foreach (var key in (byte[][])[[], new byte[32], "secret"u8.ToArray(), f.Key[..16], [.. f.Key, 1]]) { yield return ($"a key of {key.Length} other bytes", f.SignWith(f.Header(), f.Claims(), data => HMACSHA256.HashData(key, data))); }
        foreach (var kid in (string[])["../../dev/null", "' OR 1=1 --", "", "none", new string('k', 5000)]) { yield return ($"kid '{kid[..Math.Min(12, kid.Length)]}' and a null key", f.SignWith(f.Header(kid: kid), f.Claims(), data => HMACSHA256.HashData(Array.Empty<byte>(), data))); }
        foreach (var (name, value) in WrongClaims(f)) { yield return ($"{name} = {value?.ToJsonString() ?? "(missing)"}", f.Sign(f.Header(), f.With(name, value))); }
        yield return ("typ JWE", f.Sign(f.Header(typ: "JWE"), f.Claims()));
        yield return ("typ at+jwt", f.Sign(f.Header(typ: "at+jwt"), f.Claims()));
        yield return ("a tail", f.Good + ".x");
        yield return ("no signature", f.Good[..(f.Good.LastIndexOf('.') + 1)]);
        yield return ("half a signature", f.Good[..^20]);
        yield return ("another's signature", f.Good[..^4] + "AAAA");
        yield return ("twice", $"{f.Good} {f.Good}");
        yield return ("JSON", "{\"alg\":\"none\"}");
        yield return ("a megabyte", new string('a', 100_000) + "." + new string('b', 1000) + ".c");
    }

    private static IEnumerable<(string Name, JsonNode? Value)> WrongClaims(Forge f)
    {
        var now = f.Now.ToUnixTimeSeconds();
        foreach (var exp in (long[])[now - 1, now - 86_400, 0, -1]) { yield return ("exp", exp); }
        yield return ("exp", null);
        yield return ("exp", "never");
        foreach (var nbf in (long[])[now + 3_600, now + 86_400 * 365]) { yield return ("nbf", nbf); }
        foreach (var aud in (string[])["", "platform", f.Kind == CallerKind.Staff ? "platform-customers" : "platform-staff", "PLATFORM-CUSTOMERS"]) { yield return ("aud", aud); }
        yield return ("aud", null);
        foreach (var iss in (string[])["", "https://evil.example", f.Kind == CallerKind.Staff ? "platform-customers" : "platform-staff"]) { yield return ("iss", iss); }
        yield return ("iss", null);
        foreach (var id in (string?[])[null, "", "x", Platform.Primitives.Ids.New()]) { yield return ("sid", id); yield return ("sub", id); }
    }

    // Makes tokens with the app's own key, part by part.
    private sealed class Forge(string good, AccessTokens tokens, CallerKind kind, DateTimeOffset now)
    {
        public string Good => good;

        public CallerKind Kind => kind;

        public DateTimeOffset Now => now;

        public byte[] Key { get; } = KeyOf(good, tokens, kind);

        public JsonObject Header(string alg = "HS256", string? kid = null, string typ = "JWT", (string Name, JsonNode Value)? more = null)
        {
            var header = Part(0);
            (header["alg"], header["typ"]) = (alg, typ);
            if (kid is not null) { header["kid"] = kid; }
            if (more is { } extra) { header[extra.Name] = extra.Value; }
            return header;
        }

        public JsonObject Claims() => Part(1);

        public JsonObject With(string name, JsonNode? value)
        {
            var claims = Claims();
            if (value is null) { claims.Remove(name); } else { claims[name] = value; }
            return claims;
        }

        public string Plain(JsonObject header, JsonObject claims) => Encode(header, claims) + ".";

        public string Sign(JsonObject header, JsonObject claims) => SignWith(header, claims, data => HMACSHA256.HashData(Key, data));

        public string SignWith(JsonObject header, JsonObject claims, Func<byte[], byte[]> sign)
        {
            var text = Encode(header, claims);
            return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
        }

        private JsonObject Part(int at) => JsonNode.Parse(Base64Url.DecodeFromChars(good.Split('.')[at]))!.AsObject();

        private static string Encode(JsonObject header, JsonObject claims) => $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";

        private static byte[] KeyOf(string good, AccessTokens tokens, CallerKind kind)
        {
            var token = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(good);
            var checks = tokens.Checks(kind);
            return checks.IssuerSigningKeyResolver(good, token, token.Kid, checks).OfType<SymmetricSecurityKey>().First(k => k.KeyId == token.Kid).Key;
        }
    }
}
