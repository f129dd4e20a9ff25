using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

/// <summary>A second factor that is no authenticator app makes recovery codes useful too.</summary>
public sealed class OtherFactorTests
{
    [Fact]
    public async Task Recovery_codes_stand_in_for_any_second_factor()
    {
        var owner = new Owner();
        await using var app = new PlatformApp().With(services => services.AddSingleton(owner).AddTransient<ISecondFactor, Always>());
        var ada = await app.SignUpAsync();
        (await (await ada.Client.PostAsync("/api/v1/auth/2fa/recovery-codes", null)).ProblemAsync()).ShouldBe("two_factor_off");
        owner.Id = ada.UserId;
        var codes = (await (await ada.Client.PostAsync("/api/v1/auth/2fa/recovery-codes", null)).ReadAsync()).GetProperty("recoveryCodes").EnumerateArray().Select(c => c.GetString()).ToList();
        var first = await app.CreateClient().PostAsJsonAsync("/api/v1/auth/login", new { email = ada.Email, password = ada.Password });
        first.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var due = await first.ReadAsync();
        due.GetProperty("methods").EnumerateArray().Select(m => m.GetString()).ShouldBe(["recovery_code", "passkey"], ignoreOrder: true);
        var done = await app.CreateClient().PostAsJsonAsync("/api/v1/auth/login/verify", new { challenge = due.GetProperty("challenge").GetString(), recoveryCode = codes[0] });
        done.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await ada.Client.GetAsync("/api/v1/auth/2fa/status")).ReadAsync()).GetProperty("asked").GetBoolean().ShouldBeTrue();
    }

    private sealed class Owner
    {
        public string Id { get; set; } = "";
    }

    private sealed class Always(Owner owner) : ISecondFactor
    {
        public string Method => SignInMethods.Passkey;

        public bool IsAsked => true;

        public Task<bool> IsReadyAsync(Account account, CancellationToken cancellationToken) => Task.FromResult(account.Id == owner.Id);

        public Task<bool> AcceptsAsync(Account account, SecondFactorAnswer answer, SignInChallenge? challenge, CancellationToken cancellationToken) => Task.FromResult(false);
    }
}
