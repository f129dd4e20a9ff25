using Platform.Features.Audit.Actions;
using Platform.Features.Audit.Api;
using Platform.Features.Audit.Contracts;
using Platform.Features.Audit.Jobs;
using Platform.Features.Audit.Store;
using Platform.Features.Audit.Ui;
using Platform.Jobs;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Audit;

/// <summary>Who did what.</summary>
public sealed class AuditModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services
            .AddCollection(AuditStore.Collection).AddCollection(AuditSeal.Collection).AddCollection(AuditPending.Collection).AddCollection(AuditCheck.Collection).AddCollection(AuditKey.Collection)
            .AddSealed<AuditKey>("Audit log's key", k => k.SealedKey, k => AuditKey.AadOf(k.Id))
            .AddMigration<SealOldRecords>()
            .AddSingleton<AuditStore>().AddSingleton<ChainStore>().AddSingleton<AuditKeyStore>().AddSingleton<AuditCheckpoints>()
            .AddSingleton<AuditWake>().AddSingleton<IAudit, AuditLog>().AddSingleton<SealAudit>()
            .AddTransient<ListAuditRecords>().AddTransient<ExportAudit>().AddTransient<VerifyAudit>().AddTransient<AcceptAudit>().AddTransient<ReadAuditState>().AddTransient<ListAuditActors>()
            .AddHostedService<AuditSealer>()
            .AddJob<VerifyAuditNightly, Nothing>()
            .AddSingleton<ICommand, VerifyAuditCommand>();
        services
            .AddSingleton(new MenuEntry(MenuArea.Customer, 97, "Audit log", "/audit", "history", Permission.AuditRead))
            .AddSingleton(new MenuEntry(MenuArea.Staff, 60, "Audit log", "/admin/audit", "history", Permission.StaffAuditRead))
            .AddSingleton(new HeaderPart(MenuArea.Staff, ShellSlot.Banner, 20, typeof(AuditAlarm)));
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) => app.MapAudit();
}
