using Platform.Features.Content.Actions;
using Platform.Features.Content.Api;
using Platform.Features.Content.Contracts;
using Platform.Features.Content.Jobs;
using Platform.Features.Content.Store;
using Platform.Features.Content.Ui;
using Platform.Features.Media.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Jobs;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Content;

/// <summary>Wires this up.</summary>
public sealed class ContentModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddCollection(PostStore.Collection).AddCollection(ApprovalPolicyStore.Collection).AddCollection(ReviewStore.Collection)
            .AddCollection(PostVersionStore.Collection).AddCollection(PostCommentStore.Collection).AddCollection(ReviewLinkStore.Collection);
        services.AddSingleton<PostStore>().AddSingleton<ApprovalPolicyStore>().AddSingleton<ReviewStore>().AddSingleton<PostVersionStore>().AddSingleton<PostCommentStore>().AddSingleton<ReviewLinkStore>();
        services.AddTransient<IFirstStep, WriteFirstPost>();
        services.AddTransient<ReadPosts>().AddTransient<PreparePost>().AddTransient<WritePost>();
        services.AddTransient<IPosts, PostsDoor>().AddTransient<IPublicationObserver, NotePostState>().AddTransient<IMediaUse, PostMediaUse>().AddSingleton<IPostHistory, PostHistory>();
        services.AddTransient<CreatePost>().AddTransient<UpdatePost>().AddTransient<GetPost>().AddTransient<ListPosts>().AddTransient<DeletePost>()
            .AddTransient<RestorePost>().AddTransient<DuplicatePost>().AddTransient<ReadLinkTags>().AddTransient<PreviewPost>().AddTransient<CheckPost>();
        AddApproval(services);
        AddPages(services);
    }

    /// <inheritdoc />
    public static void Map(WebApplication app)
    {
        ContentEndpoints.Map(app);
        ApprovalEndpoints.Map(app);
        ConversationEndpoints.Map(app);
    }

    private static void AddApproval(IServiceCollection services)
    {
        services.AddTransient<ReviewPeople>().AddTransient<ReviewBuilder>().AddTransient<ReviewMails>().AddTransient<ReviewNotices>().AddTransient<ReviewDesk>().AddTransient<ReviewEdits>().AddTransient<PinVersion>();
        services.AddTransient<IApprovalGate, ApprovalGate>().AddTransient<IPublicationObserver, FollowReview>();
        services.AddTransient<ApprovalPolicies>().AddTransient<SubmitPost>().AddTransient<AnswerReview>().AddTransient<WithdrawPost>()
            .AddTransient<ReviewItems>().AddTransient<ListReviews>().AddTransient<ReviewByLink>().AddTransient<RemindOfReviews>().AddTransient<ReadApproval>().AddTransient<Conversation>();
        services.AddTransient<CommentAccess>().AddTransient<CommentNews>().AddTransient<ListComments>().AddTransient<AddComment>().AddTransient<ChangeComment>().AddTransient<PostVersions>();
        services.AddJob<RemindReviewers, Nothing>();
    }

    private static void AddPages(IServiceCollection services)
    {
        services.AddScoped<ApprovalWords>().AddScoped<WaitingApprovals>();
        services.AddSingleton(new PostPanel(typeof(ApprovalPanel), 2)).AddSingleton(new PostPanel(typeof(ConversationPanel), 4)).AddSingleton(new PostPanel(typeof(VersionsPanel), 90));
        services.AddSingleton(new DashboardPart(DashboardColumn.Main, 5, typeof(ApprovalsCard), Permission.ContentReview));
        services.AddSingleton(new MenuEntry(MenuArea.Customer, 35, "Approvals", "/approvals", "rate_review", Permission.ContentReview, "g r") { Badge = typeof(ApprovalsBadge) });
        services.AddSingleton(new PaletteAction(MenuArea.Customer, 80, "Set approval rules", "/settings/approval", "rule", Permission.OrganizationManage));
        services.AddTransient<ComposerRules>().AddTransient<ComposerFrame>().AddTransient<ComposerServices>().AddTransient<PostsPageActions>();
        services.AddSingleton(new MenuEntry(MenuArea.Customer, 30, "Posts", "/posts", "article", Permission.ContentRead, "g p"));
        services.AddSingleton(new PaletteAction(MenuArea.Customer, 10, "Write a post", "/compose", "edit", Permission.ContentWrite, "c"));
    }
}
