namespace Platform.Tenancy;

/// <summary>What a <see cref="Caller"/> is.</summary>
public enum CallerKind
{
    /// <summary>Nobody signed in.</summary>
    Anonymous,

    /// <summary>A customer, in one organization.</summary>
    Person,

    /// <summary>A staff account.</summary>
    Staff,

    /// <summary>The product itself: a job, a relay, an agent. Bound to one organization unless it is <see cref="Caller.Platform"/>.</summary>
    System,
}

/// <summary>
/// Who asks, and for which organization. Always an argument, never ambient: a circuit outlives a request and a job has none.
/// </summary>
public sealed record Caller
{
    /// <summary>What the caller is.</summary>
    public required CallerKind Kind { get; init; }

    /// <summary>The person's or staff account's id; null for the product itself.</summary>
    public string? UserId { get; init; }

    /// <summary>A name to show in histories.</summary>
    public string Name { get; init; } = "";

    /// <summary>The organization acted in; null for staff, anonymous and the platform.</summary>
    public OrganizationId? Organization { get; init; }

    /// <summary>A customer's role in <see cref="Organization"/>.</summary>
    public Role? Role { get; init; }

    /// <summary>A staff account's role.</summary>
    public StaffRole? StaffRole { get; init; }

    /// <summary>The session, for the list of sessions and for the audit log.</summary>
    public string? SessionId { get; init; }

    /// <summary>The API key that the request came with; null for sessions. A key acts as the member who made it, within <see cref="Scopes"/>.</summary>
    public string? ApiKeyId { get; init; }

    /// <summary>What an API key is limited to; null: all that the role may do.</summary>
    public IReadOnlySet<Permission>? Scopes { get; init; }

    /// <summary>The channels that the member may write for, publish to and approve for; null: all of the organization.</summary>
    public IReadOnlySet<string>? Channels { get; init; }

    /// <summary>The staff account that acts as this customer; null for the customer themself.</summary>
    public Impersonator? Impersonator { get; init; }

    /// <summary>Where the request came from.</summary>
    public string? Address { get; init; }

    /// <summary>Joins log lines, audit events and jobs that belong together.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The organization's id; throws where there is none.</summary>
    public string OrganizationId => (Organization ?? throw new InvalidOperationException("the caller acts in no organization")).Value;

    /// <summary>Whether the caller holds a permission. The product itself holds all customer permissions, and as <see cref="Platform"/> all.</summary>
    public bool May(Permission permission) => Kind switch
    {
        CallerKind.Person => Role is { } role && Organization is not null && Roles.Of(role).Contains(permission) && (Scopes is null || Scopes.Contains(permission)),
        CallerKind.Staff => StaffRole is { } role && Roles.Of(role).Contains(permission),
        CallerKind.System => Organization is null || permission < Permission.StaffOverview,
        _ => false,
    };

    /// <summary>Whether the caller may act on a channel of their organization: write for it, publish to it, approve for it. Reading is not limited by channel.</summary>
    public bool MayUse(string channelId) => Channels is null || Channels.Contains(channelId);

    /// <summary>Whether this is the customer in person: signed in, not by an API key, and not staff acting as them. Credentials and security settings need it.</summary>
    public bool IsInPerson => Kind is CallerKind.Person && ApiKeyId is null && Impersonator is null;

    /// <summary>Whether the caller may cross organizations (staff, and the platform itself).</summary>
    public bool IsPlatform => Kind is CallerKind.Staff || (Kind is CallerKind.System && Organization is null);

    /// <summary>Nobody.</summary>
    public static readonly Caller Anonymous = new() { Kind = CallerKind.Anonymous };

    /// <summary>The product itself, across organizations: dispatchers, relays, recurring jobs, sign-in.</summary>
    public static readonly Caller Platform = new() { Kind = CallerKind.System, Name = "platform" };

    /// <summary>The product itself, inside one organization.</summary>
    public static Caller System(OrganizationId organization, string name = "platform") =>
        new() { Kind = CallerKind.System, Organization = organization, Name = name };

    /// <summary>The product itself, inside one organization.</summary>
    public static Caller System(string organizationId, string name = "platform") => System(new OrganizationId(organizationId), name);
}

/// <summary>A staff account that acts as a customer.</summary>
/// <param name="StaffId">The staff account.</param>
/// <param name="Name">Its name, for histories and the banner.</param>
public sealed record Impersonator(string StaffId, string Name);
