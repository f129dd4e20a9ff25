using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Platform.Features.Accounts.Actions;
using Platform.Tenancy;
using Platform.Tests.TestKit;
using Platform.Ui;

namespace Platform.Tests.Features.Accounts;

/// <summary>A person's own account over HTTP: password, sessions, profile, picture, change of the address.</summary>
public sealed class OwnAccountTests(OwnAccountTests.Fixture fixture) : IClassFixture<OwnAccountTests.Fixture>
{
    private readonly PlatformApp _app = fixture.App;

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_and_keeps_this_one()
    {
        var ada = await _app.SignUpAsync();
        var other = await SecondSessionAsync(ada);
        var changed = await ada.Client.PutAsJsonAsync("/api/v1/auth/password", new { currentPassword = ada.Password, newPassword = "a quieter sentence" });
        changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await other.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ada.Client.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await LoginAsync(ada.Email, ada.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await LoginAsync(ada.Email, "a quieter sentence")).StatusCode.ShouldBe(HttpStatusCode.OK);
        fixture.Mail.SubjectsTo(ada.Email).ShouldContain("Your password was changed");
        var refreshed = await _app.CreateClient().PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = ada.RefreshToken });
        refreshed.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("wrong", "a quieter sentence", "wrong_password")]
    [InlineData(null, "short", "weak_password")]
    [InlineData(null, "lovelace2026", "weak_password")]
    [InlineData(null, "lanternsons1", "weak_password")]
    [InlineData(null, "correct horse battery", "same_password")]
    public async Task A_password_change_that_is_refused_changes_nothing(string? current, string next, string code)
    {
        var ada = await _app.SignUpAsync();
        (await (await ada.Client.PutAsJsonAsync("/api/v1/auth/password", new { currentPassword = current ?? ada.Password, newPassword = next })).ProblemAsync()).ShouldBe(code);
        (await LoginAsync(ada.Email, ada.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Guessing_the_current_password_locks()
    {
        var ada = await _app.SignUpAsync();
        for (var i = 0; i < 5; i++) { (await ada.Client.PutAsJsonAsync("/api/v1/auth/password", new { currentPassword = "guess", newPassword = "a quieter sentence" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest); }
        (await ada.Client.PutAsJsonAsync("/api/v1/auth/password", new { currentPassword = ada.Password, newPassword = "a quieter sentence" })).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Sessions_are_told_in_words_and_all_others_end_at_once()
    {
        var ada = await _app.SignUpAsync();
        var phone = await SecondSessionAsync(ada, "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1");
        var items = (await (await ada.Client.GetAsync("/api/v1/users/sessions")).ReadAsync()).GetProperty("items").EnumerateArray().ToList();
        items.Select(i => i.GetProperty("device").GetString()).ShouldBe(["Safari on iPhone", "an unknown device"]);
        items[0].GetProperty("methods")[0].GetString().ShouldBe("password");
        items.Count(i => i.GetProperty("current").GetBoolean()).ShouldBe(1);
        (await ada.Client.DeleteAsync("/api/v1/users/sessions")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await phone.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ada.Client.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_profile_is_changed_and_checked()
    {
        var ada = await _app.SignUpAsync();
        var body = new { firstName = "Augusta", lastName = "King", displayName = "Countess", jobTitle = "Analyst", phone = "+44 20 1234", timeZone = "Europe/London", locale = "en-GB" };
        var profile = await (await ada.Client.PutAsJsonAsync("/api/v1/auth/profile", body)).ReadAsync();
        profile.GetProperty("name").GetString().ShouldBe("Countess");
        (await (await ada.Client.GetAsync("/api/v1/auth/me")).ReadAsync()).GetProperty("user").GetProperty("name").GetString().ShouldBe("Countess");
        var reader = await _app.Get<IReaderSettings>().ForAsync(ada.Caller, default);
        reader.Zone.Id.ShouldBe("Europe/London");
        reader.Culture!.Name.ShouldBe("en-GB");
        var changes = (await Audits.OfAsync(_app, "account.profile_changed", ada.UserId)).Single();
        changes.ShouldNotBeNull();
        foreach (var (field, value) in (IEnumerable<(string, string)>)[("timeZone", "Mars/Base"), ("locale", "xx-YY"), ("phone", "call me"), ("displayName", new string('x', 101)), ("jobTitle", "a\u0007b")])
        {
            var wrong = new Dictionary<string, string> { ["firstName"] = "A", ["lastName"] = "B", [field] = value };
            var answer = await ada.Client.PutAsJsonAsync("/api/v1/auth/profile", wrong);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(field);
        }
    }

    [Fact]
    public async Task Without_a_zone_of_their_own_people_read_the_organizations()
    {
        var ada = await _app.SignUpAsync();
        (await _app.Get<IReaderSettings>().ForAsync(ada.Caller, default)).Zone.Id.ShouldBe("Europe/Berlin");
    }

    [Fact]
    public async Task A_picture_is_cleaned_served_safely_and_taken_away()
    {
        var (ada, eve) = (await _app.SignUpAsync(), await _app.SignUpAsync());
        var url = (await (await PutPictureAsync(ada, Png([.. "tEXtAuthor\0secret place"u8]))).ReadAsync()).GetProperty("avatarUrl").GetString()!;
        var served = await eve.Client.GetAsync(url);
        served.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        served.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        served.Headers.GetValues("Content-Security-Policy").ShouldContain(policy => policy.Contains("sandbox"));
        System.Text.Encoding.Latin1.GetString(await served.Content.ReadAsByteArrayAsync()).ShouldNotContain("secret place");
        (await _app.CreateClient().GetAsync(url)).Content.Headers.ContentType?.MediaType.ShouldBe("text/html", "strangers are led to the sign-in");
        (await ada.Client.DeleteAsync("/api/v1/users/me/avatar")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await eve.Client.GetAsync(url)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_no_picture_or_too_large_is_refused()
    {
        var ada = await _app.SignUpAsync();
        (await (await PutPictureAsync(ada, [.. "<svg onload=alert(1)></svg>"u8])).ProblemAsync()).ShouldBe("media_type_not_supported");
        (await (await PutPictureAsync(ada, [.. Png([]), .. new byte[OwnAvatar.MostBytes]])).ProblemAsync()).ShouldBe("file_too_large");
        (await (await PutPictureAsync(ada, [.. Png([])[..40]])).ProblemAsync()).ShouldBe("media_damaged");
        (await (await ada.Client.GetAsync("/api/v1/auth/profile")).ReadAsync()).GetProperty("avatarUrl").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task The_address_changes_when_both_addresses_agree_and_not_before()
    {
        var (ada, next) = (await VerifiedAsync(), $"new-{Guid.CreateVersion7():N}@example.com");
        (await ada.Client.PutAsJsonAsync("/api/v1/auth/email", new { email = next })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await ConfirmAsync(Token(next))).GetProperty("waitingFor").GetString().ShouldBe("old");
        (await EmailAsync(ada)).ShouldBe(ada.Email);
        (await LoginAsync(next, ada.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ConfirmAsync(Token(ada.Email))).GetProperty("changed").GetBoolean().ShouldBeTrue();
        (await EmailAsync(ada)).ShouldBe(next);
        (await LoginAsync(next, ada.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await LoginAsync(ada.Email, ada.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        fixture.Mail.SubjectsTo(ada.Email).ShouldContain("Your e-mail address was changed");
        fixture.Mail.SubjectsTo(next).ShouldContain("Your e-mail address was changed");
        (await Audits.OfAsync(_app, "account.email_changed", ada.UserId)).Count.ShouldBe(1);
        (await (await PublicAsync("confirm", Token(next))).ProblemAsync()).ShouldBe("invalid_token");
    }

    [Fact]
    public async Task The_old_address_stops_the_change_and_links_of_an_earlier_one_are_void()
    {
        var ada = await VerifiedAsync();
        var (first, second) = ($"a-{Guid.CreateVersion7():N}@example.com", $"b-{Guid.CreateVersion7():N}@example.com");
        await ada.Client.PutAsJsonAsync("/api/v1/auth/email", new { email = first });
        var old = Token(ada.Email);
        await ada.Client.PutAsJsonAsync("/api/v1/auth/email", new { email = second });
        (await (await PublicAsync("confirm", old)).ProblemAsync()).ShouldBe("invalid_token");
        (await (await PublicAsync("confirm", Token(first))).ProblemAsync()).ShouldBe("invalid_token");
        var stop = fixture.Mail.To(ada.Email)[^1].Lines.Single(l => l.Contains("/cancel-email")).Split("token=")[1];
        (await PublicAsync("cancel", stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await PublicAsync("confirm", Token(second))).ProblemAsync()).ShouldBe("invalid_token");
        (await EmailAsync(ada)).ShouldBe(ada.Email);
    }

    [Fact]
    public async Task An_address_that_is_taken_looks_no_different_and_only_its_owner_is_told()
    {
        var (ada, bob) = (await VerifiedAsync(), await VerifiedAsync());
        var free = await (await ada.Client.PutAsJsonAsync("/api/v1/auth/email", new { email = "free-one@example.com" })).ReadAsync();
        var taken = await (await ada.Client.PutAsJsonAsync("/api/v1/auth/email", new { email = bob.Email })).ReadAsync();
        taken.EnumerateObject().Select(p => p.Name).ShouldBe(free.EnumerateObject().Select(p => p.Name));
        taken.GetProperty("newConfirmed").GetBoolean().ShouldBeFalse();
        var mail = fixture.Mail.To(bob.Email)[^1];
        (mail.Subject, mail.ActionUrl).ShouldBe(("You have an account already", null));
        fixture.Mail.SubjectsTo(ada.Email).Count(s => s == "Confirm that your address changes").ShouldBe(2);
        (await EmailAsync(ada)).ShouldBe(ada.Email);
    }

    [Fact]
    public async Task The_pages_of_the_mails_take_a_click()
    {
        var (ada, next) = (await VerifiedAsync(), $"p-{Guid.CreateVersion7():N}@example.com");
        await ada.Client.PutAsJsonAsync("/api/v1/auth/email", new { email = next });
        var browser = _app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        var page = $"/confirm-email?token={Token(next)}";
        await browser.GetAsync(page);
        await browser.GetAsync(page);
        (await (await BrowserTests.PostAsync(browser, page, "confirm-email", [])).Content.ReadAsStringAsync()).ShouldContain("The old address must agree too");
        var stop = fixture.Mail.To(ada.Email)[^1].Lines.Single(l => l.Contains("/cancel-email")).Split("token=")[1];
        (await (await BrowserTests.PostAsync(browser, $"/cancel-email?token={stop}", "confirm-email", [])).Content.ReadAsStringAsync()).ShouldContain("Stopped");
    }

    [Fact]
    public async Task Keys_and_staff_who_act_as_the_customer_reach_none_of_it()
    {
        var ada = await _app.SignUpAsync();
        var session = (await (await ada.Client.GetAsync("/api/v1/users/sessions")).ReadAsync()).GetProperty("items")[0].GetProperty("id").GetString();
        var self = ada.Caller with { SessionId = session };
        (await _app.Get<OwnProfile>().GetAsync(self, default)).Ok.ShouldBeTrue();
        foreach (var other in (Caller[])[self with { ApiKeyId = "k" }, self with { Impersonator = new Impersonator("s", "Support") }])
        {
            (await _app.Get<ChangePassword>().RunAsync(other, new(ada.Password, "a quieter sentence"), default)).Problem!.Code.ShouldBe("forbidden");
            (await _app.Get<ChangeEmail>().BeginAsync(other, new("x@example.com"), default)).Problem!.Code.ShouldBe("forbidden");
            (await _app.Get<OwnProfile>().UpdateAsync(other, new("A", "B"), default)).Problem!.Code.ShouldBe("forbidden");
            (await _app.Get<OwnAvatar>().SetAsync(other, new MemoryStream(Png([])), default)).Problem!.Code.ShouldBe("forbidden");
            (await _app.Get<OwnSessions>().ListAsync(other, default)).Problem!.Code.ShouldBe("forbidden");
            (await _app.Get<OwnSessions>().EndOthersAsync(other, default)).Problem!.Code.ShouldBe("forbidden");
        }
    }

    // A picture of one pixel, with a text chunk if one is given.
    private static byte[] Png(byte[] text)
    {
        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n"u8, 0x1a, .. "\n"u8]);
        Chunk([.. "IHDR"u8, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
        if (text.Length > 0) { Chunk(text); }
        using var packed = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true)) { zlib.Write([0, 0x80]); }
        Chunk([.. "IDAT"u8, .. packed.ToArray()]);
        Chunk([.. "IEND"u8]);
        return file.ToArray();

        void Chunk(byte[] typed)
        {
            Span<byte> number = stackalloc byte[4];
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(number, typed.Length - 4);
            file.Write(number);
            file.Write(typed);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(number, Crc(typed));
            file.Write(number);
        }
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) { crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1; }
        }
        return ~crc;
    }

    private static Task<HttpResponseMessage> PutPictureAsync(TestCustomer person, byte[] bytes) =>
        person.Client.PutAsync("/api/v1/users/me/avatar", new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", "me.png" } });

    private async Task<TestCustomer> VerifiedAsync()
    {
        var person = await _app.SignUpAsync();
        (await _app.CreateClient().PostAsJsonAsync("/api/v1/auth/verify-email", new { token = Token(person.Email) })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return person;
    }

    private string Token(string email) => fixture.Mail.To(email).Last(m => m.ActionUrl?.Contains("token=") == true).ActionUrl!.Split("token=")[1];

    private Task<HttpResponseMessage> PublicAsync(string what, string token) => _app.CreateClient().PostAsJsonAsync($"/api/v1/auth/email/{what}", new { token });

    private async Task<JsonElement> ConfirmAsync(string token) => await (await PublicAsync("confirm", token)).ReadAsync();

    private static async Task<string> EmailAsync(TestCustomer person) => (await (await person.Client.GetAsync("/api/v1/auth/profile")).ReadAsync()).GetProperty("email").GetString()!;

    private Task<HttpResponseMessage> LoginAsync(string email, string password, string? device = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login") { Content = JsonContent.Create(new { email, password }) };
        if (device is not null) { request.Headers.TryAddWithoutValidation("User-Agent", device); }
        return _app.CreateClient().SendAsync(request);
    }

    private async Task<HttpClient> SecondSessionAsync(TestCustomer person, string? device = null)
    {
        var client = _app.CreateClient();
        var token = (await (await LoginAsync(person.Email, person.Password, device)).ReadAsync()).GetProperty("accessToken").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public sealed class Fixture : IDisposable
    {
        public Fixture() => App = Mail.Into(new PlatformApp());

        public MailBox Mail { get; } = new();
        public PlatformApp App { get; }

        public void Dispose() => App.Dispose();
    }
}
