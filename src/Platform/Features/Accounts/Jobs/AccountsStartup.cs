using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Jobs;

/// <summary>
/// Before the first request: reads the signing keys, and sees that there is a way in for staff: the account of <c>Setup:AdminEmail</c> and
/// <c>Setup:AdminPassword</c>, or the one-time setup page with its code in the log.
/// </summary>
public sealed class AccountsStartup(AccessTokens tokens, SetupAccess setup, IServiceScopeFactory scopes, IConfiguration configuration, PublicLinks links, ILogger<AccountsStartup> logger) : IHostedService
{
    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await tokens.LoadAsync(cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var first = scope.ServiceProvider.GetRequiredService<FirstStaff>();
        if (!await first.IsMissingAsync(cancellationToken)) { return; }
        var (email, password) = (configuration["Setup:AdminEmail"], configuration["Setup:AdminPassword"]);
        if (string.IsNullOrEmpty(email) && string.IsNullOrEmpty(password))
        {
            logger.LogWarning("There is no staff account yet. Open {Setup} on this machine, or from elsewhere with the code {Code}", links.To("/setup"), setup.Code());
            return;
        }
        var made = await first.RunAsync(Caller.Platform, new FirstStaffRequest(email ?? "", password ?? "", "Administrator"), cancellationToken);
        if (made is { Ok: false, Problem.Code: not "setup_closed" }) { throw new InvalidOperationException(Explain(made.Problem)); }
        if (made.Ok) { logger.LogInformation("Made the first staff account from Setup:AdminEmail. Setup:AdminPassword is not needed any more"); }
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Explain(Problem problem) => $"{(problem.Code == "invalid_email" ? "Setup:AdminEmail" : "Setup:AdminPassword")}: {problem.Message}";
}
