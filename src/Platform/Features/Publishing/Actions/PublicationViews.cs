using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Store;
using Platform.Networks;

namespace Platform.Features.Publishing.Actions;

/// <summary>Stored publications as others see them.</summary>
public static class PublicationViews
{
    /// <summary>The view of a record.</summary>
    public static PublicationView ToView(this PublicationRecord record)
    {
        var it = record.Publication;
        return new()
        {
            Id = record.Id,
            Version = it.Revision,
            PostId = it.PostId,
            ChannelId = it.ChannelId,
            Network = it.Network,
            State = it.State,
            Content = it.Content,
            Changed = it.Edits.Count > 0 ? it.ContentOut : null,
            EditedAt = it.Edits.Count > 0 ? it.Edits[^1].At : null,
            IsEditing = it.Editing is not null,
            Due = it.Due,
            NextAttemptAt = it.NextAttemptAt,
            PublishedAt = it.PublishedAt,
            Remote = [.. it.Sent.Select(s => new RemotePost(s.Id, s.Url, s.Revision))],
            Error = it.Error,
            Attempts = [.. it.Attempts.Select(a => new AttemptView(a.Number, a.Part, a.StartedAt, a.EndedAt, a.Outcome, a.Detail, a.IsEdit))],
            Ledger = it.Ledger,
        };
    }
}
