using Platform.Features.Audit.Actions;
using Platform.Features.Audit.Api;
using Platform.Features.Audit.Contracts;
using Platform.Features.Audit.Store;
using Platform.Storage;

namespace Platform.Features.Audit;

/// <summary>Who did what.</summary>
public sealed class AuditModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) => builder.Services
        .AddCollection(AuditStore.Collection)
        .AddSingleton<AuditStore>()
        .AddSingleton<IAudit, AuditLog>()
        .AddTransient<ListAuditRecords>();

    /// <inheritdoc />
    public static void Map(WebApplication app) => app.MapAudit();
}
