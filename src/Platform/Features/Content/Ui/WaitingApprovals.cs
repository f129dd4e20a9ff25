using Platform.Features.Content.Actions;
using Platform.Tenancy;

namespace Platform.Features.Content.Ui;

/// <summary>The count that the badges of one window share: they hear of the same changes together and ask once.</summary>
public sealed class WaitingApprovals(ListReviews list, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(200);
    private Task<int>? _last;
    private long _since;

    /// <summary>How many ask the reader.</summary>
    public Task<int> OfAsync(Caller caller)
    {
        if (_last is null || clock.GetElapsedTime(_since) > Fresh) { (_last, _since) = (list.CountAsync(caller, CancellationToken.None), clock.GetTimestamp()); }
        return _last;
    }
}
