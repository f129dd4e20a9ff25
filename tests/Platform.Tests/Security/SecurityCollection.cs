namespace Platform.Tests.Security;

/// <summary>The generated families share one world and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SecurityCollection : ICollectionFixture<SecurityWorld>
{
    /// <summary>Its name.</summary>
    public const string Name = "security";
}
