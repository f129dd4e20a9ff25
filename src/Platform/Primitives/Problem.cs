namespace Platform.Primitives;

/// <summary>What kind of expected failure a <see cref="Problem"/> is. One file maps it to HTTP, one to words for people.</summary>
public enum ProblemKind
{
    /// <summary>The request breaks a rule; the caller can correct it.</summary>
    Invalid,

    /// <summary>Nobody is signed in, or the credentials are not good.</summary>
    Unauthenticated,

    /// <summary>The caller is known and may not.</summary>
    Forbidden,

    /// <summary>It does not exist, or it belongs to another organization: the two are never told apart.</summary>
    NotFound,

    /// <summary>It changed meanwhile, or its state does not allow this.</summary>
    Conflict,

    /// <summary>The plan's limit is reached.</summary>
    LimitReached,

    /// <summary>Too many attempts in a time; <see cref="Problem.RetryAfter"/> says when again.</summary>
    TooManyRequests,

    /// <summary>A network, a model or a mail server failed.</summary>
    UpstreamFailed,
}

/// <summary>An expected failure, in words that a person can act on.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Code">A stable machine name in snake_case, such as <c>text_too_long</c>.</param>
/// <param name="Message">One sentence: what is wrong and what to do next.</param>
public sealed record Problem(ProblemKind Kind, string Code, string Message)
{
    /// <summary>Field name (as on the wire, camelCase) → what is wrong with it.</summary>
    public IReadOnlyDictionary<string, string[]> Fields { get; init; } = new Dictionary<string, string[]>();

    /// <summary>When it makes sense to try again, if that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What is wrong with one field, as one line under it; null where nothing is.</summary>
    /// <param name="field">Its name as on the wire.</param>
    public string? At(string field) => Fields.TryGetValue(field, out var faults) ? string.Join(" ", faults) : null;

    /// <summary>A rule that the request breaks.</summary>
    public static Problem Invalid(string code, string message) => new(ProblemKind.Invalid, code, message);

    /// <summary>A rule that one field of the request breaks.</summary>
    public static Problem InvalidField(string field, string code, string message) =>
        new(ProblemKind.Invalid, code, message) { Fields = new Dictionary<string, string[]> { [field] = [message] } };

    /// <summary>Something that is not there for this caller.</summary>
    public static Problem NotFound(string what) => new(ProblemKind.NotFound, "not_found", $"There is no such {what}.");

    /// <summary>The caller may not do this.</summary>
    public static Problem Forbidden(string message = "You may not do this. Ask an owner or admin of your organization.") =>
        new(ProblemKind.Forbidden, "forbidden", message);

    /// <summary>The state of the thing does not allow this, or it changed meanwhile.</summary>
    public static Problem Conflict(string code, string message) => new(ProblemKind.Conflict, code, message);

    /// <summary>Somebody else changed the thing since the caller read it; the API answers 412.</summary>
    public static Problem VersionMismatch() => new(ProblemKind.Conflict, "version_mismatch", "It was changed meanwhile. Load it again, apply your change and repeat with the new version.");
}
