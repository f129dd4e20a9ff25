using Microsoft.AspNetCore.Components;
using Platform.Features.Channels.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;

namespace Platform.Features.Publishing.Ui;

/// <summary>One publication: state, times, cause and way out, every attempt, the ledger.</summary>
public sealed partial class PublicationCard
{
    private string? _url;

    /// <summary>The publication.</summary>
    [Parameter, EditorRequired] public required PublicationView Publication { get; set; }

    /// <summary>Its channel; null where it was removed.</summary>
    [Parameter, EditorRequired] public required ChannelView? Channel { get; set; }

    /// <summary>The network's name.</summary>
    [Parameter, EditorRequired] public required string NetworkName { get; set; }

    /// <summary>The network's colour.</summary>
    [Parameter, EditorRequired] public required string Color { get; set; }

    /// <summary>Whether the reader may retry, cancel and confirm.</summary>
    [Parameter, EditorRequired] public required bool MayAct { get; set; }

    /// <summary>Send it again.</summary>
    [Parameter, EditorRequired] public required EventCallback OnRetry { get; set; }

    /// <summary>Take it back.</summary>
    [Parameter, EditorRequired] public required EventCallback OnCancel { get; set; }

    /// <summary>The person looked: it is there (with its address, if given), or it is not.</summary>
    [Parameter, EditorRequired] public required EventCallback<(bool IsThere, string? Url)> OnConfirm { get; set; }

    /// <summary>Another text for a part that is out; the problem where the network does not have it.</summary>
    [Parameter, EditorRequired] public required Func<int, string, Task<Problem?>> OnEdit { get; set; }

    private PublicationLook Look => PublicationLook.Of(Publication.State);

    private string ChannelName => Channel?.DisplayName ?? T["Card.Removed"];

    private string? Late => Publication is { Due: { } due, PublishedAt: { } at } && at - due.At is { TotalSeconds: >= 1 } late
        ? late.TotalMinutes < 1 ? T["Card.LateSeconds", (int)late.TotalSeconds].Value : T["Card.LateMinutes", (int)late.TotalMinutes].Value : null;

    private static bool IsWeb(string url) => Uri.TryCreate(url, UriKind.RelativeOrAbsolute, out var uri) && (!uri.IsAbsoluteUri ? url.StartsWith('/') : uri.Scheme is "https" or "http");

    private static string Took(AttemptView attempt) => attempt.EndedAt is { } end ? $"{(end - attempt.StartedAt).TotalSeconds:0.00} s" : "—";

    // What the dispatcher may add one day is shown as it is called.
    private string Outcome(AttemptView attempt)
    {
        var word = T[$"Outcome.{attempt.Outcome}"] is { ResourceNotFound: false } known ? known.Value : attempt.Outcome;
        return attempt.IsEdit && attempt.Outcome is not ("editing" or "edited") ? T["Outcome.edit", word] : word;
    }
}
