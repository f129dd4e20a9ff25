using System.Diagnostics;

namespace Platform.Features.Publishing.Actions;

/// <summary>
/// Places where a fault test lets the process kill itself, as a power cut would: setting <c>FAILPOINT=name</c>, or <c>name:3</c> for the third time.
/// Does nothing unless the setting is there, and it is only read in development or with <c>Faults:Enabled</c>.
/// </summary>
public sealed class Failpoints(string? setting)
{
    /// <summary>Due work is known and not claimed.</summary>
    public const string AfterDueRead = "after-due-read";

    /// <summary>Claimed, nothing more.</summary>
    public const string AfterClaim = "after-claim";

    /// <summary>All prepared, the intent not stored.</summary>
    public const string BeforeIntent = "before-intent";

    /// <summary>The intent stored, nothing sent.</summary>
    public const string AfterIntent = "after-intent";

    /// <summary>The network has answered, the result is not stored.</summary>
    public const string BeforeResult = "before-result";

    /// <summary>The result is stored, nobody has been told.</summary>
    public const string AfterResult = "after-result";

    private readonly string? _name = setting?.Split(':')[0];
    private int _left = setting?.Split(':') is [_, var count] && int.TryParse(count, out var number) ? number : 1;

    /// <summary>Dies here, if that is what the setting says. There is no way back.</summary>
    public void Hit(string name)
    {
        if (_name != name || Interlocked.Decrement(ref _left) > 0) { return; }
        using var self = Process.GetCurrentProcess();
        self.Kill();
        self.WaitForExit();
    }
}
