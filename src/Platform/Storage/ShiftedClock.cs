namespace Platform.Storage;

/// <summary>
/// A machine's clock that is wrong by so much, for fault tests: <c>Faults:ClockOffsetSeconds</c>, only read in development or with <c>Faults:Enabled</c>.
/// Its timers and its monotonic time are right, as they are on a machine whose date is wrong.
/// </summary>
internal sealed class ShiftedClock(TimeSpan by) : TimeProvider
{
    /// <summary>The machine's clock as the settings want it.</summary>
    public static TimeProvider Of(IConfiguration settings, bool isDevelopment)
    {
        var seconds = isDevelopment || settings.GetValue("Faults:Enabled", false) ? settings.GetValue("Faults:ClockOffsetSeconds", 0d) : 0;
        return seconds == 0 ? System : new ShiftedClock(TimeSpan.FromSeconds(seconds));
    }

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
