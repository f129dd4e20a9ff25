using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Features.Publishing.Actions;

/// <inheritdoc />
public sealed class PublicationHistory : IPublicationHistory
{
    private static readonly PublicationState[] Over = [Published, Unconfirmed, Missed, Failed, Cancelled];

    /// <inheritdoc />
    public string Stage(WriteBatch batch, Caller caller, PastPublication past)
    {
        if (!Over.Contains(past.State) || past.Ledger is not [.., var last] || last.State != past.State)
        {
            throw new ArgumentException($"a past publication ends in its state; this one says {past.State}");
        }
        var record = new PublicationRecord { Id = Ids.New(past.Ledger[0].At), OrganizationId = caller.OrganizationId, Publication = Tell(past) };
        batch.Insert(caller, record);
        return record.Id;
    }

    private static Publication Tell(PastPublication past) => new()
    {
        PostId = past.PostId,
        ChannelId = past.ChannelId,
        Network = past.Network,
        Content = past.Content,
        State = past.State,
        Due = past.Due,
        Revision = past.Ledger.Count,
        Epoch = past.Attempts.Count,
        Attempts = [.. past.Attempts.Select(a => new Attempt(a.Number, a.Part, a.Number, a.StartedAt, a.EndedAt, a.Outcome, a.Detail))],
        Sent = [.. past.Remote.Select(post => new SentPart(post.Id, post.Url, post.Revision))],
        PublishedAt = past.PublishedAt,
        Error = past.Error,
        Ledger = past.Ledger,
    };
}
