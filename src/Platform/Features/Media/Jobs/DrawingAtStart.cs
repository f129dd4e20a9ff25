using Microsoft.Extensions.Options;
using Platform.Pictures;

namespace Platform.Features.Media.Jobs;

/// <summary>Says at the start when pictures cannot be drawn anew, or stops it where that is asked.</summary>
public sealed class DrawingAtStart(IPictureEncoder encoder, IOptions<MediaOptions> options, ILogger<DrawingAtStart> log) : IHostedService
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (encoder.Available) { return Task.CompletedTask; }
        if (!options.Value.AllowCleaningOnly) { throw new InvalidOperationException("Media:AllowCleaningOnly is false, and libgd (Debian and Ubuntu: libgd3) is not installed: pictures could not be drawn anew."); }
        log.LogWarning("libgd is not installed: uploaded pictures are cleaned by their structure but not drawn anew. Install the package libgd3, or say Media:AllowCleaningOnly=false to insist on it.");
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
