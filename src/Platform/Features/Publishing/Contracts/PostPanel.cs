namespace Platform.Features.Publishing.Contracts;

/// <summary>
/// A section that another feature adds to the post page (numbers, replies). Modules register one as a singleton; the page draws them in order with
/// <c>DynamicComponent</c>, giving each one parameter named <c>Post</c> of type <see cref="Content.Contracts.PostView"/>.
/// </summary>
/// <param name="Component">The component.</param>
/// <param name="Order">Where in the list; by tens. Below ten it stands under the text, from ten on under the publications.</param>
public sealed record PostPanel(Type Component, int Order);
