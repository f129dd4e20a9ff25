using System.Diagnostics.Metrics;

namespace Platform.Coordination;

/// <summary>What coordination tells telemetry.</summary>
public sealed class CoordinationMeter : IDisposable
{
    private readonly Meter _meter;

    /// <summary>Made once, when the app starts.</summary>
    /// <param name="meters">Where the meter belongs.</param>
    /// <param name="health">What is told.</param>
    public CoordinationMeter(IMeterFactory meters, ICoordinationHealth health)
    {
        _meter = meters.Create("Platform.Coordination");
        _meter.CreateObservableGauge("platform.coordination.alone", () => health.IsAlone ? 1 : 0, description: "1 while this copy does not hear of the others although Coordination:RedisUrl is set, else 0.");
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
