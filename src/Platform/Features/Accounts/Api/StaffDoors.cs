namespace Platform.Features.Accounts.Api;

/// <summary>Where staff are led.</summary>
public static class StaffDoors
{
    /// <summary>The page on which staff set up their second factor.</summary>
    public const string TwoFactor = "/admin/account";
}
