using Platform.Features.Organizations.Contracts;
using Platform.Features.Publishing.Domain;

namespace Platform.Features.Publishing.Actions;

/// <summary>What becomes of publications that are due and are not sent: held ones, late ones, and those that our own code cannot handle.</summary>
public sealed class UnsentPublications(IOrganizations organizations, ClaimKeeper keeper, PublishingPolicy policy, TimeProvider clock, ILogger<UnsentPublications> logger)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(5);

    /// <summary>Held for its organization: goes on once that is active again, and waits quietly until then.</summary>
    public async Task ReleaseAsync(ClaimedPublication work)
    {
        var now = clock.GetUtcNow();
        var active = await organizations.GetAsync(work.OrganizationId, CancellationToken.None) is { Suspended: false };
        await keeper.SaveAsync(work, p => active ? p.Release(policy.Grace, "dispatcher", now) : p.GiveBack(now + LookAgain), CancellationToken.None);
    }

    /// <summary>Marks it as missed where its time is too long ago; true where that was so.</summary>
    public async Task<bool> MissAsync(ClaimedPublication work)
    {
        var now = clock.GetUtcNow();
        if (!work.It.IsTooLate(now, policy.Grace)) { return false; }
        await keeper.SaveAsync(work, p => p.Miss("dispatcher", now), CancellationToken.None);
        return true;
    }

    /// <summary>An error of ours: tried again a few times, ever later, then set aside. What is out already is left to the lease's end, which looks it up.</summary>
    public async Task StumbleAsync(ClaimedPublication work, Exception error)
    {
        logger.LogError(error, "Publication {Id} cannot be worked on", work.Id);
        if (work.IsLost || work.It.Lease is null) { return; }
        try { await keeper.SaveAsync(work, p => p.IsSending ? p : p.Stumbled(error.GetType().Name, policy, Outcomes.Jitter(), clock.GetUtcNow()), CancellationToken.None); }
        catch (Exception e) { logger.LogWarning(e, "Publication {Id} is tried again when its claim ends", work.Id); }
    }
}
