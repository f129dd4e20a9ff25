using Platform.Features.Audit.Store;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Tests.TestKit;

/// <summary>What was recorded.</summary>
public static class Audits
{
    /// <summary>The records of an action on a target, oldest first.</summary>
    public static async Task<IReadOnlyList<AuditRecord>> OfAsync(PlatformApp app, string action, string targetId) => (await app.Get<IDocumentStore>().ForPlatform<AuditRecord>(Caller.Platform)
        .FindAsync(new Query<AuditRecord> { Filter = r => r.Action == action && r.TargetId == targetId, Sort = Sort<AuditRecord>.By(r => r.At), Limit = 100 }, CancellationToken.None)).Items;
}
