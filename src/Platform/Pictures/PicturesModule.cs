using Platform.Pictures.Gd;

namespace Platform.Pictures;

/// <summary>Wires this up.</summary>
public sealed class PicturesModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder) => builder.Services.AddSingleton<IPictureEncoder, GdPictures>();

    /// <inheritdoc />
    public static void Map(WebApplication app)
    {
    }
}
