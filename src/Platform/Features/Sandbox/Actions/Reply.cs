using System.Text.Json;
using Platform.Networks;

namespace Platform.Features.Sandbox.Actions;

/// <summary>Makes answers of the practice network.</summary>
internal static class Reply
{
    /// <summary>A JSON answer.</summary>
    public static SandboxReply Of(int status, object body) => new(status, JsonSerializer.Serialize(body, body.GetType(), JsonSerializerOptions.Web));

    /// <summary>An answer without a body.</summary>
    public static SandboxReply NoContent() => new(204, "");

    /// <summary>A refusal.</summary>
    public static SandboxReply Error(int status, string code, string message) => Of(status, new { error = code, message });
}
