namespace VolunteerHub.Web.Resources;

/// <summary>Names the resource files with the product's texts: Texts.resx in 简体中文, Texts.xx.resx in other languages.</summary>
public sealed class Texts;
