namespace Platform.Features.Content.Contracts;

/// <summary>In which order posts are listed.</summary>
public enum PostOrder
{
    /// <summary>Newest made first.</summary>
    Newest,

    /// <summary>By the time they go or went out, latest first.</summary>
    Latest,

    /// <summary>By the time they go or went out, earliest first.</summary>
    Upcoming,
}
