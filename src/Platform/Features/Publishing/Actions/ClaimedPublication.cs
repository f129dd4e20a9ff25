using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;

namespace Platform.Features.Publishing.Actions;

/// <summary>A publication that this process has claimed: the record as last written by it, until it learns that it has lost the claim.</summary>
public sealed class ClaimedPublication(PublicationRecord record)
{
    /// <summary>Its id.</summary>
    public string Id => Record.Id;

    /// <summary>Its organization.</summary>
    public string OrganizationId => Record.OrganizationId;

    /// <summary>Its channel.</summary>
    public string ChannelId => It.ChannelId;

    /// <summary>The moment before which nothing may happen; claims are made ahead of it.</summary>
    public DateTimeOffset StartAt { get; } = record.Publication switch
    {
        { NextAttemptAt: { } next } => next,
        { State: PublicationState.Scheduled, Due: { } due } => due.At,
        _ => DateTimeOffset.MinValue,
    };

    /// <summary>The claim's epoch.</summary>
    public long Epoch { get; } = record.Publication.Epoch;

    /// <summary>Whether another has it now, or it was changed so that the claim no longer counts.</summary>
    public bool IsLost { get; internal set; }

    internal PublicationRecord Record { get; set; } = record;

    internal Publication It => Record.Publication;
}
