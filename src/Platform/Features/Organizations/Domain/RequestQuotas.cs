namespace Platform.Features.Organizations.Domain;

/// <summary>How many requests a minute an organization's members and keys may make together, by plan.</summary>
public static class RequestQuotas
{
    /// <summary>The quota of a plan; that of the smallest for a name that is none.</summary>
    public static int Of(string plan) => plan switch
    {
        "enterprise" => 30_000,
        "professional" => 6_000,
        "starter" => 3_000,
        _ => 1_500,
    };
}
