using Microsoft.AspNetCore.Components;
using Platform.Features.Channels.Contracts;
using Platform.Features.Publishing.Contracts;

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

    private PublicationLook Look => PublicationLook.Of(Publication.State);

    private string ChannelName => Channel?.DisplayName ?? "Removed channel";

    private string? Late => Publication is { Due: { } due, PublishedAt: { } at } && at - due.At is { TotalSeconds: >= 1 } late
        ? late.TotalMinutes < 1 ? $"{(int)late.TotalSeconds} s after its time" : $"{(int)late.TotalMinutes} min after its time" : null;

    private static bool IsWeb(string url) => Uri.TryCreate(url, UriKind.RelativeOrAbsolute, out var uri) && (!uri.IsAbsoluteUri ? url.StartsWith('/') : uri.Scheme is "https" or "http");

    private static string Took(AttemptView attempt) => attempt.EndedAt is { } end ? $"{(end - attempt.StartedAt).TotalSeconds:0.00} s" : "—";

    private static string Outcome(string outcome) => outcome switch
    {
        "sending" => "Being sent",
        "published" => "Accepted",
        "pending" => "Being processed there",
        "rejected" => "Refused",
        "rateLimited" => "Too many calls",
        "authExpired" => "Sign-in had ended",
        "needsReconnect" => "Access was withdrawn",
        "transient" => "Did not get through",
        "unknown" => "Answer lost",
        "withdrawn" => "Not sent: the turn had passed",
        "billingRequired" => "The network wants to be paid",
        "found" => "Found on the network",
        "absent" => "Not on the network",
        _ => outcome,
    };
}
