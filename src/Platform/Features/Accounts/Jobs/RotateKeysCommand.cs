using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Jobs;

/// <summary>
/// With the app stopped. <c>rotate-keys</c>: a new master key, the old one kept beside it. <c>rotate-keys finish</c>: seals what is left again and deletes the old key.
/// <c>rotate-keys signing</c>: new keys for access tokens (while the app runs, the page /admin/keys does it). Nobody is signed out by any of them.
/// </summary>
public sealed class RotateKeysCommand(IServiceScopeFactory scopes) : ICommand
{
    /// <inheritdoc />
    public string Name => "rotate-keys";

    /// <inheritdoc />
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, ICommandOutput output, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return arguments switch
        {
            [] => Begin(scope.ServiceProvider.GetRequiredService<RotateMasterKey>(), output),
            ["finish"] => await FinishAsync(scope.ServiceProvider.GetRequiredService<RotateMasterKey>(), output, cancellationToken),
            ["signing"] => await SignAsync(scope.ServiceProvider.GetRequiredService<RotateSigningKeys>(), output, cancellationToken),
            _ => Usage(output),
        };
    }

    private static int Usage(ICommandOutput output)
    {
        output.Complain("Say: rotate-keys, rotate-keys finish, or rotate-keys signing");
        return 2;
    }

    private static int Begin(RotateMasterKey rotate, ICommandOutput output)
    {
        if (rotate.IsSetting)
        {
            output.Complain("The master key comes from the setting Platform:MasterKey. Make a new one (openssl rand -base64 32), put it there, move the old one to Platform:PreviousMasterKeys, and restart every copy.");
            return 2;
        }
        rotate.Begin();
        output.Say("A new master key was made; the old one is kept beside it. Run rotate-keys finish now, or start the app, which seals everything again by itself, and run it at the next stop.");
        return 0;
    }

    private static async Task<int> FinishAsync(RotateMasterKey rotate, ICommandOutput output, CancellationToken cancellationToken)
    {
        var left = await rotate.FinishAsync(cancellationToken);
        foreach (var kind in left) { output.Complain($"{kind.Name}: {kind.Old} are still sealed with an older key{(kind.Lost > 0 ? $", {kind.Lost} of them open with no key" : "")}."); }
        output.Say(left.Count == 0 ? "Everything is sealed with the current key; older keys' files are deleted. Remove Platform:PreviousMasterKeys too, if it is set." : "The older keys stay.");
        return left.Count == 0 ? 0 : 1;
    }

    private static async Task<int> SignAsync(RotateSigningKeys rotate, ICommandOutput output, CancellationToken cancellationToken)
    {
        (await rotate.RunAsync(Caller.Platform, cancellationToken)).Unwrap();
        output.Say("New signing keys were made; the old ones are good until every token that they signed has expired.");
        return 0;
    }
}
