using Platform.Features.Channels.Contracts;
using Platform.Features.Demo.Domain;
using Platform.Features.Media.Contracts;
using Platform.Features.Sandbox.Contracts;
using Platform.Networks;
using Platform.Tenancy;

namespace Platform.Features.Demo.Actions;

/// <summary>A picture of the demo where it lies.</summary>
/// <param name="View">The asset.</param>
/// <param name="PublicUrl">Where anyone may read it.</param>
public sealed record DemoMedia(MediaView View, string? PublicUrl);

/// <summary>What the posts of the demo stand on.</summary>
/// <param name="Caller">The owner.</param>
/// <param name="People">The people's ids.</param>
/// <param name="Channels">The channels: the company, the roastery, the one whose connection was lost.</param>
/// <param name="Pictures">The pictures, in the story's order.</param>
public sealed record DemoGround(Caller Caller, IReadOnlyList<string> People, IReadOnlyList<ChannelView> Channels, IReadOnlyList<DemoMedia> Pictures);

/// <summary>Connects the channels of the demo and takes its pictures in; what is there already, after a crash, is used.</summary>
public sealed class DemoChannels(IPracticeChannels practice, IChannels channels, ISandboxHistory history, IMedia media, TimeProvider clock)
{
    private static readonly string[] Names = ["Northwind Coffee", "Northwind Roastery", "Northwind Wholesale"];

    /// <summary>Does it.</summary>
    public async Task<DemoGround> RunAsync(Caller caller, IReadOnlyList<string> people, CancellationToken cancellationToken)
    {
        var there = (await channels.ListAsync(caller, cancellationToken)).ToList();
        foreach (var name in Names.Where(name => there.All(channel => channel.DisplayName != name)))
        {
            var channel = (await practice.ConnectAsync(caller, name, cancellationToken)).Unwrap();
            await history.OpenedAtAsync(caller, channel.Id, StartOfDay(-DemoStory.Days - 30), cancellationToken);
            there.Add(channel);
        }
        var pictures = new List<DemoMedia>();
        var taken = (await media.ListAsync(caller, null, 100, cancellationToken)).Items.ToDictionary(asset => asset.FileName);
        foreach (var picture in DemoStory.Pictures)
        {
            var view = taken.GetValueOrDefault(picture.FileName) ?? await UploadAsync(caller, picture, cancellationToken);
            pictures.Add(new DemoMedia(view, (await media.OpenAsync(caller.OrganizationId, view.Id, picture.AltText, cancellationToken))?.PublicUrl));
        }
        return new DemoGround(caller, people, [.. Names.Select(name => there.First(channel => channel.DisplayName == name))], pictures);
    }

    private async Task<MediaView> UploadAsync(Caller caller, DemoPicture picture, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(picture.Draw());
        return (await media.UploadAsync(caller, new(picture.FileName, bytes, picture.AltText), cancellationToken)).Unwrap();
    }

    private DateTimeOffset StartOfDay(int days) => new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(days);
}
