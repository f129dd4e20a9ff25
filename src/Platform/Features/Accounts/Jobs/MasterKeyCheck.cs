using Platform.Features.Accounts.Actions;

namespace Platform.Features.Accounts.Jobs;

/// <summary>Looks at the master key before anything is opened or sealed with it.</summary>
public sealed class MasterKeyCheck(IServiceScopeFactory scopes) : IHostedService
{
    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CheckMasterKey>().RunAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
