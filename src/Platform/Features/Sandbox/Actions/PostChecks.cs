using Platform.Features.Sandbox.Domain;
using Platform.Networks;

namespace Platform.Features.Sandbox.Actions;

/// <summary>What the practice network itself refuses: what its own declared limits forbid, checked by the same rules as drafts.</summary>
public sealed class PostChecks(IDraftRules rules, Func<INetworks> networks)
{
    /// <summary>What stands against a post; null where nothing does.</summary>
    public DraftProblem? Objection(SandboxPost post)
    {
        var sandbox = networks().Find("sandbox")!.Descriptor;
        var part = new DraftPart(post.Text, [.. post.Media.Select(m => new DraftMedia(m.ContentType, 0, m.AltText))]);
        return rules.Check(sandbox, sandbox.Limits, [part], post.ContentWarning).FirstOrDefault(p => p.Blocking);
    }
}
