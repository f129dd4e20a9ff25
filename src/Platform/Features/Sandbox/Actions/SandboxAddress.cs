using Platform.Features.Sandbox.Domain;

namespace Platform.Features.Sandbox.Actions;

/// <summary>Where the practice network's pages are: absolute where the installation knows its public address, else paths on it.</summary>
public sealed class SandboxAddress(IConfiguration configuration)
{
    private readonly string _base = (configuration["Platform:PublicUrl"] ?? "").TrimEnd('/');

    /// <summary>An account's page.</summary>
    public string OfAccount(SandboxAccount account) => $"{_base}/sandbox/{account.Handle}";

    /// <summary>A post on its account's page.</summary>
    public string OfPost(SandboxAccount account, SandboxPost post) => $"{_base}/sandbox/{account.Handle}#{post.Id}";
}
