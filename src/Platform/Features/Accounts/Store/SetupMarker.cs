using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>Says that the first staff account was made. Its fixed id lets only one of several tries at once succeed.</summary>
public sealed record SetupMarker : Document, IPlatformOwned
{
    /// <summary>The only id.</summary>
    public const string TheId = "first-staff";

    /// <summary>The collection.</summary>
    public static readonly Collection<SetupMarker> Collection = new("setup_markers");

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}
