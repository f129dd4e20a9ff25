using Platform.Features.Audit.Actions;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Audit.Jobs;

/// <summary>
/// <c>verify-audit</c>: verifies the whole log with the app stopped and says which entries are wrong; 0 where it is sound, 1 where not.
/// <c>verify-audit accept</c> after a restored backup takes its end as the log's end.
/// </summary>
public sealed class VerifyAuditCommand(IServiceScopeFactory scopes) : ICommand
{
    /// <inheritdoc />
    public string Name => "verify-audit";

    /// <inheritdoc />
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, ICommandOutput output, CancellationToken cancellationToken)
    {
        if (arguments is not ([] or ["accept"])) { output.Complain("Say: verify-audit, or verify-audit accept"); return 2; }
        await using var scope = scopes.CreateAsyncScope();
        if (arguments is ["accept"]) { await scope.ServiceProvider.GetRequiredService<AcceptAudit>().RunAsync(cancellationToken); }
        return Say(output, (await scope.ServiceProvider.GetRequiredService<VerifyAudit>().WholeAsync(Caller.Platform, cancellationToken)).Unwrap());
    }

    private static int Say(ICommandOutput output, Contracts.AuditVerdict verdict)
    {
        foreach (var fault in verdict.Faults) { output.Complain($"{fault.Kind}: {fault.Message}{(fault.RecordId is null ? "" : $" [{fault.RecordId}]")}"); }
        if (verdict.FaultCount > verdict.Faults.Count) { output.Complain($"… and {verdict.FaultCount - verdict.Faults.Count} more"); }
        output.Say($"{verdict.Entries} entries, {verdict.Waiting} waiting for their seal. Head {verdict.HeadSequence}: {verdict.HeadHash}");
        output.Say(verdict.Sound ? "The log is sound." : $"The log is NOT sound: {verdict.FaultCount} faults.");
        return verdict.Sound ? 0 : 1;
    }
}
