using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Platform.Primitives;

namespace Platform.Api;

/// <summary>
/// The version that the caller read, from the If-Match header (an ETag as this API gives it): <c>(…, IfMatch match, …) =&gt; action.RunAsync(…, match.Version)</c>.
/// Null where the header is absent or <c>*</c>. An action answers <see cref="Problem.VersionMismatch"/> (412) where the stored version is another.
/// </summary>
public sealed record IfMatch(long? Version) : IEndpointParameterMetadataProvider
{
    /// <summary>Read by minimal APIs; a header that is not one of our ETags is a 400 problem.</summary>
    public static ValueTask<IfMatch?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var header = context.Request.Headers.IfMatch.ToString();
        if (header is "" or "*") { return ValueTask.FromResult<IfMatch?>(new IfMatch((long?)null)); }
        var digits = header.StartsWith("W/", StringComparison.Ordinal) ? header[2..].Trim('"') : header.Trim('"');
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? ValueTask.FromResult<IfMatch?>(new IfMatch(version))
            : throw new ProblemException(Problem.Invalid("invalid_if_match", "If-Match takes the ETag of an earlier answer, such as \"3\"."));
    }

    /// <summary>Tells the API's description that the route takes If-Match.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new TakesIfMatch());
}

/// <summary>Marks routes that take If-Match.</summary>
public sealed record TakesIfMatch;
