using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Features.Demo.Actions;
using Platform.Primitives;

namespace Platform.Features.Demo.Jobs;

/// <summary>Makes the demo before the first request, where the app was started with <c>--demo</c>. The password goes to the terminal, never to a log.</summary>
public sealed class DemoStartup(IServiceScopeFactory scopes, ICommandOutput output) : IHostedService
{
    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<FillDemo>().RunAsync(Say, cancellationToken);
        if (result.Password is null) { output.Say($"The demo is there already. Sign in as {result.Email} with the password that was shown when it was made."); }
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Say(DemoResult result)
    {
        output.Say("The demo organization Northwind Coffee was made. Sign in as");
        output.Say($"    {result.Email}");
        output.Say($"    {result.Password}");
        output.Say("Note the password: it is not shown again. Its colleagues mats@, ilse@, deniz@ and priya@northwind.example have the same.");
    }
}
