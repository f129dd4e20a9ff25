namespace Platform.Features.Accounts.Store;

/// <summary>How earlier versions sealed the Data Protection keys in files; still needed to take such files over.</summary>
internal static class SealedKeyRing
{
    /// <summary>What they were bound to.</summary>
    public const string Aad = "data-protection";
}
