using Microsoft.Extensions.Localization;
using Platform.Features.Audit.Actions;
using Platform.Features.Audit.Contracts;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Audit.Ui;

/// <summary>Tells staff on every page that the audit log needs a look.</summary>
public sealed partial class AuditAlarm(ReadAuditState read, CallerProvider callers, IStringLocalizer<AuditTexts> T)
{
    private AuditChainState? State { get; set; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var caller = await callers.GetAsync();
        if (caller.May(Permission.StaffAuditRead)) { State = (await read.RunAsync(caller, CancellationToken.None)).Value; }
    }
}
